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

extension Collection<ChainTally> {
    /// The fraction of all chains' residues that was labelled right; nil if no residue counts.
    public var pooledAccuracy: Double? {
        let sum = reduce((correct: 0, counted: 0)) { ($0.correct + $1.correct, $0.counted + $1.counted) }
        return ratio(sum.correct, sum.counted)
    }

    /// The mean of the chains' accuracies, each chain with the same weight; nil if no residue counts.
    ///
    /// Chains without residues that count are left out.
    public var meanAccuracy: Double? { mean(compactMap(\.accuracy)) }
}
