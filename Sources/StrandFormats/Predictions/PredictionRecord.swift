/// A sequence with the labels and probabilities that a model gave it.
public struct PredictionRecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public let header: [UInt8]
    /// The residues as letters, in the case they came in.
    public let sequence: [UInt8]
    /// One label a residue.
    public let labels: [UInt8]
    /// The K labels there are, a letter each.
    public let states: [UInt8]
    /// (T, K): probability of each state at each residue, row-major.
    public let probabilities: [Float]

    public init(header: [UInt8], sequence: [UInt8], labels: [UInt8], states: [UInt8], probabilities: [Float]) {
        precondition(labels.count == sequence.count && probabilities.count == labels.count * states.count)
        self.header = header
        self.sequence = sequence
        self.labels = labels
        self.states = states
        self.probabilities = probabilities
    }

    /// The first word of the header, as UTF-8 or, where that fails, Latin-1. Found anew at each call.
    public var id: String { RecordHeader.id(of: header) }
}
