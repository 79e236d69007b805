import StrandFormats

extension PredictedChain {
    /// As labelled FASTA, where the chain has residues and no label is a blank, as `strand convert` asks.
    var labelled: LabelledFASTARecord? {
        guard let sequence, !labels.contains(UInt8(ascii: " ")) else { return nil }
        return LabelledFASTARecord(header: header, sequence: sequence, labels: labels)
    }
}

extension NamedText {
    /// The text as what ink says.
    var reading: InkReading { InkReading(text: text, probability: 1, characters: [], alternatives: []) }
}
