import StrandBytes
import StrandEngine

/// Converts files of labelled chains into one file of labelled FASTA.
public struct ChainConversion: ~Copyable {
    private var writer: LabelledFASTAWriter
    private let observer: any RunObserver
    private var chainCount = 0
    private var repeatedIDs = RepeatedIDs()
    private var repairs = SequenceRepairs()

    /// Of states as any program writes them: labels of other letters have a meaning of their own.
    private static let letters = Set(
        SecondaryStructure.eightStates + SecondaryStructure.otherCoil + [SecondaryStructure.unlabelled])

    public init(into destination: ByteDestination, observer: any RunObserver) throws(FormatError) {
        writer = try LabelledFASTAWriter(destination)
        self.observer = observer
    }

    /// Converts all chains of a file.
    public mutating func convert(_ source: consuming ChainReader, of file: String) throws(FormatError) {
        var reader = source
        while let chain = try reader.next() {
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
            try write(LabelledFASTARecord(header: chain.header, sequence: sequence, labels: labels))
        }
        repairs += reader.takeRepairs()
    }

    private mutating func write(_ chain: LabelledFASTARecord) throws(FormatError) {
        try writer.write(chain)
        chainCount += 1
        repeatedIDs.note(Array(chain.id.utf8))
        observer.progress(counted(chainCount, "chain"))
    }

    /// Completes the output and reports what was changed.
    public consuming func finish() throws(FormatError) {
        var notes: [String] = []
        if !repairs.isEmpty { notes.append("repaired: \(repairs)") }
        if repeatedIDs.count > 0 { notes.append("\(counted(repeatedIDs.count, "chain")) with the id of one before") }
        let (total, observer) = (counted(chainCount, "chain"), observer)
        try writer.finish()
        observer.done(total)
        for note in notes { observer.message(note) }
    }
}
