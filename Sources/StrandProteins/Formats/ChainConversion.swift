import StrandBytes
import StrandEngine

/// Converts files of labelled chains into one file of labelled FASTA.
public struct ChainConversion: ~Copyable {
    private var writer: LabelledFASTAWriter
    private let observer: any RunObserver
    private var leftOut: LeftOut
    private var chainCount = 0
    private var repeatedIDs = RepeatedIDs()
    private var repairs = SequenceRepairs()

    /// Of states as any program writes them: labels of other letters have a meaning of their own.
    private static let letters = Set(
        SecondaryStructure.eightStates + SecondaryStructure.otherCoil + [SecondaryStructure.unlabelled])

    /// - Parameter leftOut: what becomes of files that cannot be read; of one the chains before the fault stay.
    public init(
        into destination: ByteDestination, leftOut: LeftOut, observer: any RunObserver
    ) throws(FormatError) {
        self.leftOut = leftOut
        writer = try LabelledFASTAWriter(destination)
        self.observer = observer
    }

    /// Converts all chains of a file.
    public mutating func convert(_ source: consuming ChainReader, of file: String) throws(FormatError) {
        var reader = source
        while let chain = try next(of: &reader, in: file) { try write(chain) }
        repairs += reader.takeRepairs()
    }

    /// The next chain as it is written; nil after the last, and where the rest of the file is left out.
    private mutating func next(
        of reader: inout ChainReader, in file: String
    ) throws(FormatError) -> LabelledFASTARecord? {
        do throws(FormatError) {
            return try reader.next().map { chain throws(FormatError) in try record(of: chain, in: file) }
        } catch {
            try leftOut.note(error)
            return nil
        }
    }

    private mutating func record(of chain: LabelledChain, in file: String) throws(FormatError) -> LabelledFASTARecord {
        func fault(_ problem: FormatError.Problem) -> FormatError {
            FormatError(file: file, record: chain.id.isEmpty ? nil : chain.id, problem: problem)
        }
        guard let sequence = chain.sequence else { throw fault(.chain(.missingSequence)) }
        // A reader strips trailing stops, so nothing would be left.
        if sequence.allSatisfy({ $0 == UInt8(ascii: "*") }) { throw fault(.chain(.emptyPrediction)) }
        if let blank = chain.labels.firstIndex(of: UInt8(ascii: " ")) {
            throw fault(.text(.unexpected(" ", expected: "a label at residue \(blank + 1)")))
        }
        // The label line would look like a header.
        if chain.labels.first == UInt8(ascii: ">") {
            throw fault(.text(.unexpected(">", expected: "a label at residue 1")))
        }
        var labels = chain.labels
        if labels.allSatisfy(Self.letters.contains) {
            labels.readAsCoil(SecondaryStructure.otherCoil, repairs: &repairs)
        }
        return LabelledFASTARecord(header: chain.header, sequence: sequence, labels: labels)
    }

    private mutating func write(_ chain: LabelledFASTARecord) throws(FormatError) {
        try writer.write(chain)
        chainCount += 1
        repeatedIDs.note(Array(chain.id.utf8))
        observer.progress(counted(chainCount, "chain"))
    }

    /// Completes the output and reports what was changed.
    /// - Returns: how many files could not be read to their end.
    public consuming func finish() throws(FormatError) -> Int {
        var notes: [String] = []
        if !repairs.isEmpty { notes.append("repaired: \(repairs)") }
        if repeatedIDs.count > 0 { notes.append("\(counted(repeatedIDs.count, "chain")) with the id of one before") }
        let (total, observer, faulty) = (counted(chainCount, "chain"), observer, leftOut.count)
        try writer.finish()
        observer.done(total)
        for note in notes { observer.message(note) }
        return faulty
    }
}
