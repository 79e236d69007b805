/// A sequence with one label a residue.
public struct LabelledFASTARecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public let header: [UInt8]
    /// The residues as letters, in the case they came in.
    public let sequence: [UInt8]
    /// One label a residue; `-` where there is none.
    public let labels: [UInt8]

    /// A record of `header`, without its `>`, and as many `labels` as residues.
    public init(header: [UInt8], sequence: [UInt8], labels: [UInt8]) {
        precondition(sequence.count == labels.count, "\(labels.count) labels for \(sequence.count) residues")
        self.header = header
        self.sequence = sequence
        self.labels = labels
    }

    /// The first word of the header, as UTF-8 or, where that fails, Latin-1. Found anew at each call.
    public var id: String { RecordHeader.id(of: header) }
}
