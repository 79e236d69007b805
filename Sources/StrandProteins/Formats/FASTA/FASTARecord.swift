/// A sequence and its header.
public struct FASTARecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public var header: [UInt8]
    /// The residues as letters, in the case they came in. Letters other than the 20 amino acids, and inner `*`, stand
    /// for X.
    public var sequence: [UInt8]

    /// A record of `header`, without its `>`, and `sequence`.
    public init(header: [UInt8], sequence: [UInt8]) {
        self.header = header
        self.sequence = sequence
    }

    /// The first word of the header, as UTF-8 or, where that fails, Latin-1. Found anew at each call.
    public var id: String { RecordHeader.id(of: header) }
}
