/// How many of a chain's residues were labelled correctly.
public struct ChainTally: Sendable, Equatable {
    /// Residues labelled correctly.
    public let correct: Int
    /// Counted residues: those with a true label.
    public let counted: Int

    /// A tally of `correct` among `counted` residues.
    public init(correct: Int, counted: Int) {
        precondition(0 <= correct && correct <= counted, "\(correct) right of \(counted)")
        self.correct = correct
        self.counted = counted
    }

    /// The fraction labelled correctly; nil if no residue counts.
    public var accuracy: Double? { ratio(correct, counted) }
}
