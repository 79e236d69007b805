import StrandBytes

/// Labelled FASTA as predictions.
struct PredictedFASTAReader: ~Copyable, PredictedChainSource {
    private var reader: LabelledFASTAReader

    init(_ bytes: consuming ByteReader) {
        reader = LabelledFASTAReader(bytes)
    }

    mutating func takeRepairs() -> SequenceRepairs { reader.takeRepairs() }

    mutating func next() throws(FormatError) -> PredictedChain? {
        guard let record = try reader.next() else { return nil }
        return PredictedChain(id: record.id, header: record.header, sequence: record.sequence, labels: record.labels)
    }
}
