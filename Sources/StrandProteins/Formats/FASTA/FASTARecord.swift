/// A sequence and its header.
public struct FASTARecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public var header: [UInt8]
    /// The residues as letters, in their original case. Letters other than the 20 amino acids, and inner `*`, stand
    /// for X.
    public var sequence: [UInt8]
    /// What is known of each residue beside its letter; it comes from another file or format.
    public var features: ChainFeatures?

    /// A record; `header` comes without its `>`.
    public init(header: [UInt8], sequence: [UInt8], features: ChainFeatures? = nil) {
        self.header = header
        self.sequence = sequence
        self.features = features
    }

    /// The chain as a labeller takes it.
    public var input: ChainInput { ChainInput(sequence, features) }

    /// The first word of the header, as UTF-8 or, if that fails, Latin-1. Computed at each call.
    public var id: String { RecordHeader.id(of: header) }
}
