import Strand

/// Conversion of any number of files of chains with labels into one file of labelled FASTA.
struct ConvertChainsRun: ~Copyable {
    private var writer: LabelledFASTAWriter
    private let progress: Progress
    private var chainCount = 0
    private var ids: Set<String> = []
    private var repeatedIDs = 0
    private var polyprolineResidues = 0
    private var modifiedResidues = 0
    private var chainBreaks = 0
    private var repairs = SequenceRepairs()

    init(into destination: ByteDestination) throws(FormatError) {
        writer = try LabelledFASTAWriter(destination)
        progress = Progress(isBesideOutput: destination == .standardOutput)
    }

    /// Converts all chains of one file.
    mutating func convert(_ source: consuming ByteReader) throws(FormatError) {
        var bytes = source
        if case .structure = try FileKind(lookingAt: &bytes) {
            try convert(StructureReader(bytes))
        } else {
            let name = bytes.name
            try convert(PredictedChainReader(bytes), of: name)
        }
    }

    private mutating func convert(_ source: consuming StructureReader) throws(FormatError) {
        var reader = source
        while let chain = try reader.next() { try write(chain) }
        polyprolineResidues += reader.polyprolineResidues
        modifiedResidues += reader.modifiedResidues
        chainBreaks += reader.chainBreaks
    }

    private mutating func convert(_ source: consuming PredictedChainReader, of file: String) throws(FormatError) {
        var reader = source
        while let chain = try reader.next() {
            func fault(_ problem: FormatError.Problem) -> FormatError {
                FormatError(file: file, record: chain.id.isEmpty ? nil : chain.id, problem: problem)
            }
            guard let sequence = chain.sequence else { throw fault(.missingSequence) }
            // A reader strips stops from the end, and nothing would be left.
            if sequence.allSatisfy({ $0 == UInt8(ascii: "*") }) { throw fault(.emptyPrediction) }
            if let blank = chain.labels.firstIndex(of: UInt8(ascii: " ")) {
                throw fault(.unexpected(" ", expected: "a label at residue \(blank + 1)"))
            }
            // A line of labels would start like a header.
            if chain.labels.first == UInt8(ascii: ">") {
                throw fault(.unexpected(">", expected: "a label at residue 1"))
            }
            try write(LabelledFASTARecord(header: chain.header, sequence: sequence, labels: chain.labels))
        }
        repairs += reader.repairs
    }

    private mutating func write(_ chain: LabelledFASTARecord) throws(FormatError) {
        try writer.write(chain)
        chainCount += 1
        if !ids.insert(chain.id).inserted { repeatedIDs += 1 }
        progress.update(counted(chainCount, "chain"))
    }

    /// Completes the output and tells what was changed.
    consuming func finish() throws(FormatError) {
        var notes: [String] = []
        if polyprolineResidues > 0 {
            notes.append("\(counted(polyprolineResidues, "residue")) of poly-proline (P) labelled C")
        }
        if modifiedResidues > 0 { notes.append("\(counted(modifiedResidues, "modified residue")) read as X") }
        if chainBreaks > 0 {
            notes.append("\(counted(chainBreaks, "chain break")) closed up, as DSSP's own format lacks the residues")
        }
        if !repairs.isEmpty { notes.append("repaired: \(repairs)") }
        if repeatedIDs > 0 { notes.append("\(counted(repeatedIDs, "chain")) with the id of one before") }
        let (total, showsTotal) = (counted(chainCount, "chain"), progress.isShown)
        progress.clear()
        try writer.finish()
        if showsTotal { Terminal.message(total) }
        for note in notes { Terminal.message(note) }
    }
}
