/// How many of a chain's residues were labelled right.
public struct ChainTally: Sendable, Equatable {
    /// Residues labelled right.
    public let correct: Int
    /// Residues that count: those with a true label.
    public let counted: Int

    /// A tally of `correct` among `counted` residues.
    public init(correct: Int, counted: Int) {
        precondition(0 <= correct && correct <= counted, "\(correct) right of \(counted)")
        self.correct = correct
        self.counted = counted
    }

    /// The fraction labelled right; nil if no residue counts.
    public var accuracy: Double? { ratio(correct, counted) }
}
