import Strand

extension LabelledChain {
    /// As labelled FASTA, which has no stops at the end; nil where it cannot hold the chain, as `strand convert` says.
    var labelled: LabelledFASTARecord? {
        guard let sequence, !labels.contains(UInt8(ascii: " ")), labels.first != UInt8(ascii: ">") else { return nil }
        let count = (sequence.lastIndex { $0 != UInt8(ascii: "*") } ?? -1) + 1
        if count == 0 { return nil }
        return LabelledFASTARecord(
            header: header, sequence: Array(sequence.prefix(count)), labels: Array(labels.prefix(count)))
    }
}

extension NamedText {
    /// The text as what ink says.
    var reading: InkReading { InkReading(text: text ?? "", probability: 1, characters: [], alternatives: []) }

    /// Id and text, without what a table cannot hold.
    var shown: NamedText { NamedText(id: id, text: text ?? "") }
}
