/// Labels that any program predicted for a chain of residues, as its file has them.
public struct PredictedChain: Sendable, Equatable {
    /// The name of the chain: the first word of its header, or what the format has instead.
    public let id: String
    /// The header without its `>`, byte for byte; the id where the format has no more.
    public let header: [UInt8]
    /// The residues as letters, in the case they came in; nil where the format has none.
    public let sequence: [UInt8]?
    /// One label a residue, printable ASCII, as it came.
    public let labels: [UInt8]
    /// The K labels that have probabilities, a letter each; none where the format has none.
    public let states: [UInt8]
    /// (T, K): probability of each state at each residue, row-major, as it came; rows need not sum to 1.
    public let probabilities: [Float]

    /// A chain of as many residues and rows of probabilities as `labels`.
    /// - Parameter header: nil: the id.
    public init(
        id: String, header: [UInt8]? = nil, sequence: [UInt8]?, labels: [UInt8], states: [UInt8] = [],
        probabilities: [Float] = []
    ) {
        precondition(sequence.map { $0.count == labels.count } ?? true, "a label a residue")
        precondition(probabilities.count == labels.count * states.count, "a probability a residue and state")
        self.id = id
        self.header = header ?? Array(id.utf8)
        self.sequence = sequence
        self.labels = labels
        self.states = states
        self.probabilities = probabilities
    }
}

/// How many states are told apart.
public enum StateCount: Int, Sendable, CaseIterable {
    /// Helix, strand, coil.
    case three = 3
    /// The states of DSSP.
    case eight = 8
}
