/// A sequence with one label per residue.
public struct LabelledFASTARecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public let header: [UInt8]
    /// The residues as letters, in their original case.
    public let sequence: [UInt8]
    /// One label per residue; `-` if there is none.
    public let labels: [UInt8]
    /// What is known of each residue beside its letter; it comes from another file.
    public var features: ChainFeatures?

    /// The chain as a labeller takes it.
    public var input: ChainInput { ChainInput(sequence, features) }

    /// A record; `header` comes without its `>`, with as many `labels` as residues.
    public init(header: [UInt8], sequence: [UInt8], labels: [UInt8]) {
        precondition(sequence.count == labels.count, "\(labels.count) labels for \(sequence.count) residues")
        self.header = header
        self.sequence = sequence
        self.labels = labels
    }

    /// The first word of the header, as UTF-8 or, if that fails, Latin-1. Computed at each call.
    public var id: String { RecordHeader.id(of: header) }
}
