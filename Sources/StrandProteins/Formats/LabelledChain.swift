/// A chain with a label for each residue, as read from a file of any format: a structure, or any program's predictions.
///
/// `PredictionRecord` is its counterpart for writing Strand's own predictions, with residues and probabilities.
public struct LabelledChain: Sendable, Equatable {
    /// The name of the chain: the first word of its header, or whatever the format uses for it.
    public let id: String
    /// The header without its `>`, byte for byte; the id if the format has no header.
    public let header: [UInt8]
    /// The residues as letters, in their original case; nil if the format has none.
    public let sequence: [UInt8]?
    /// One label per residue, printable ASCII, as it came.
    public let labels: [UInt8]
    /// Labels of three states that the file has beside eight, rather than reduced from them; nil if there are none.
    public let threeStates: [UInt8]?
    /// The K labels that have probabilities, one letter each; empty if the format has none.
    public let states: [UInt8]
    /// (T, K): probability of each state at each residue, row-major, as read; rows need not sum to 1.
    public let probabilities: [Float]
    /// Whether the file shows that its labels are DSSP's eight, whichever of them occur in the chain.
    public internal(set) var showsEightStates: Bool

    /// A chain; `labels` has one element per residue and per row of probabilities.
    /// - Parameter header: nil means the id.
    public init(
        id: String, header: [UInt8]? = nil, sequence: [UInt8]?, labels: [UInt8], threeStates: [UInt8]? = nil,
        states: [UInt8] = [], probabilities: [Float] = []
    ) {
        precondition(sequence.map { $0.count == labels.count } ?? true, "a label a residue")
        precondition(threeStates.map { $0.count == labels.count } ?? true, "a label a residue")
        precondition(probabilities.count == labels.count * states.count, "a probability a residue and state")
        self.id = id
        self.header = header ?? Array(id.utf8)
        self.sequence = sequence
        self.labels = labels
        self.threeStates = threeStates
        self.states = states
        self.probabilities = probabilities
        showsEightStates = threeStates != nil || Set(SecondaryStructure.eightStates).isSubset(of: states)
    }
}

/// The number of distinct states.
public enum StateCount: Int, Sendable, CaseIterable {
    /// Helix, strand, coil.
    case three = 3
    /// The states of DSSP.
    case eight = 8
}
