/// How many symbols of a hypothesis are wrong, by kind: the edits of `Alignment`.
public struct ErrorTally: Sendable, Equatable {
    /// Symbols of the reference replaced by another in the hypothesis.
    public let substitutions: Int
    /// Symbols of the reference that the hypothesis lacks.
    public let deletions: Int
    /// Symbols of the hypothesis that the reference lacks.
    public let insertions: Int
    /// Symbols of the reference.
    public let reference: Int

    /// An empty tally.
    public static let zero = ErrorTally(substitutions: 0, deletions: 0, insertions: 0, reference: 0)

    /// A tally of edits against a reference of `reference` symbols.
    public init(substitutions: Int, deletions: Int, insertions: Int, reference: Int) {
        precondition(min(substitutions, deletions, insertions) >= 0, "a negative number of edits")
        precondition(substitutions + deletions <= reference, "more edits than the reference has symbols")
        self.substitutions = substitutions
        self.deletions = deletions
        self.insertions = insertions
        self.reference = reference
    }

    /// S + D + I: for one pair, the Levenshtein distance.
    public var errors: Int { substitutions + deletions + insertions }

    /// Symbols of the reference that the hypothesis has.
    public var matches: Int { reference - substitutions - deletions }

    /// Symbols of the hypothesis.
    public var hypothesis: Int { reference - deletions + insertions }

    /// (S + D + I) / symbols of the reference, above 1 with many insertions; nil for a reference without symbols.
    ///
    /// Insertions against an empty reference have no rate of their own, but count in a sum with other tallies. The rate
    /// of a corpus is that of the sum of its tallies, not the mean of their rates (Graves et al. 2009).
    public var errorRate: Double? { ratio(errors, reference) }

    /// The sum of both tallies.
    public static func + (first: ErrorTally, second: ErrorTally) -> ErrorTally {
        ErrorTally(
            substitutions: first.substitutions + second.substitutions, deletions: first.deletions + second.deletions,
            insertions: first.insertions + second.insertions, reference: first.reference + second.reference)
    }

    /// Adds `other`.
    public static func += (tally: inout ErrorTally, other: ErrorTally) { tally = tally + other }
}

extension ErrorTally {
    /// The tally of `Alignment` without the alignment: O(n m) time, memory for n + m symbols.
    public init<Symbol: Hashable>(reference: [Symbol], hypothesis: [Symbol]) {
        let (reference, hypothesis) = numbered(reference, hypothesis)
        // Swapping reference and hypothesis changes no cost, so the row can be as long as the shorter one.
        let isTurned = reference.count < hypothesis.count
        var row = AlignmentCosts(of: isTurned ? reference : hypothesis, against: isTurned ? hypothesis : reference)
        while row.advance() {}
        self.init(
            distance: row.distance, substitutions: row.substitutions, reference: reference.count,
            hypothesis: hypothesis.count)
    }

    /// D + I = distance - S, and D - I = n - m.
    private init(distance: Int, substitutions: Int, reference n: Int, hypothesis m: Int) {
        let deletions = (distance - substitutions + n - m) / 2
        self.init(
            substitutions: substitutions, deletions: deletions, insertions: deletions - n + m, reference: n)
    }
}
