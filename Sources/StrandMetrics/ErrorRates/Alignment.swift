/// How a hypothesis comes from a reference by the fewest edits, each of cost 1 (Levenshtein 1966).
///
/// The number of edits is the Levenshtein distance, S + D + I. Of the shortest alignments, this is one with the
/// fewest substitutions, and so the most matches: `ab` for `ba` is an insertion, a match and a deletion, not two
/// substitutions. So S, D and I depend only on the two sequences, and swapping these swaps D and I. If
/// several such alignments are left, the first is taken: at the first step where they differ, a match comes before a
/// substitution before a deletion before an insertion.
///
/// Symbols match if they are equal. For `Character`, Swift's equality is canonical equivalence of grapheme clusters
/// (Unicode Standard Annexes 15 and 29), so that arrays of characters are compared as if in NFC: `é` matches `e` with a
/// combining acute.
///
/// Costs O(n m) time and n m bytes; if the edits do not matter, `ErrorTally(reference:hypothesis:)` needs memory for
/// one row only.
public struct Alignment<Symbol: Hashable> {
    /// From start to end; without the insertions it is the reference, without the deletions the hypothesis.
    public let edits: [Edit<Symbol>]
    /// The number of edits of each kind.
    public let tally: ErrorTally

    /// The alignment of a hypothesis with its reference.
    public init(reference: [Symbol], hypothesis: [Symbol]) {
        let edits = Self.edits(reference, hypothesis)
        func count(_ kind: EditKind) -> Int { edits.count { $0.kind == kind } }
        tally = ErrorTally(
            substitutions: count(.substitution), deletions: count(.deletion), insertions: count(.insertion),
            reference: reference.count)
        self.edits = edits
    }

    /// The minimum number of edits: S + D + I.
    public var distance: Int { tally.errors }

    private static func edits(_ reference: [Symbol], _ hypothesis: [Symbol]) -> [Edit<Symbol>] {
        let steps = firstSteps(reference, hypothesis)
        var edits: [Edit<Symbol>] = []
        var (i, j) = (0, 0)
        while i < reference.count || j < hypothesis.count {
            let kind = i < reference.count ? steps[i][j] : .insertion
            switch kind {
            case .match: edits.append(.match(reference[i]))
            case .substitution: edits.append(.substitution(reference: reference[i], hypothesis: hypothesis[j]))
            case .deletion: edits.append(.deletion(reference[i]))
            case .insertion: edits.append(.insertion(hypothesis[j]))
            }
            if kind != .insertion { i += 1 }
            if kind != .deletion { j += 1 }
        }
        return edits
    }

    /// (n, m + 1): the best step after i symbols of the reference and j of the hypothesis.
    private static func firstSteps(_ reference: [Symbol], _ hypothesis: [Symbol]) -> [[EditKind]] {
        let (reference, hypothesis) = numbered(reference, hypothesis)
        var row = AlignmentCosts(of: hypothesis, against: reference)
        var steps: [[EditKind]] = []
        while case let below = row.costs, row.advance() { steps.append(row.steps(above: below)) }
        return steps.reversed()
    }
}

extension Alignment: Sendable where Symbol: Sendable {}
extension Alignment: Equatable {}
