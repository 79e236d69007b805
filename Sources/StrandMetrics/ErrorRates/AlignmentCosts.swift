/// One row of the dynamic programme for alignments (Wagner & Fischer 1974), from the last row up.
///
/// Row i, column j holds the cost of the best alignment of the rest: reference[i...] with hypothesis[j...], of n and m
/// symbols.
///
///     c(n, j) = (m - j) g      c(i, m) = (n - i) g
///     c(i, j) = c(i + 1, j + 1)                                                        if the symbols match
///               min(c(i + 1, j + 1) + g + 1, c(i + 1, j) + g, c(i, j + 1) + g)         if not
///
/// with g > min(n, m), so that c = g * distance + substitutions: the shortest alignments come first, and of these the ones
/// with the fewest substitutions. A match is never worse, because one symbol more or less costs at most g.
struct AlignmentCosts {
    private let reference: [Int]
    private let hypothesis: [Int]
    private let gap: Int  // g

    /// i, the row that `costs` holds.
    private(set) var index: Int
    /// c(i, 0), ..., c(i, m)
    private(set) var costs: [Int]

    /// Row n.
    init(of hypothesis: [Int], against reference: [Int]) {
        self.reference = reference
        self.hypothesis = hypothesis
        let (m, g) = (hypothesis.count, min(reference.count, hypothesis.count) + 1)
        gap = g
        index = reference.count
        costs = (0...m).map { (m - $0) * g }
    }

    /// The minimum number of edits from row i on.
    var distance: Int { costs[0] / gap }
    /// The fewest substitutions with that many edits.
    var substitutions: Int { costs[0] % gap }

    /// Moves to row i - 1; returns false in row 0.
    mutating func advance() -> Bool {
        if index == 0 { return false }
        index -= 1
        let symbol = reference[index]
        var diagonal = costs[hypothesis.count]
        costs[hypothesis.count] += gap
        for j in hypothesis.indices.reversed() {
            let below = costs[j]
            let other = min(diagonal + 1, below, costs[j + 1]) + gap
            costs[j] = symbol == hypothesis[j] ? diagonal : other
            diagonal = below
        }
        return true
    }

    /// For every column of row i, the first best step: a match, else a substitution, else a deletion, else an insertion.
    /// - Parameter below: row i + 1.
    func steps(above below: [Int]) -> [EditKind] {
        let symbol = reference[index]
        return hypothesis.indices.map { j in
            if symbol == hypothesis[j] { return .match }
            if costs[j] == below[j + 1] + gap + 1 { return .substitution }
            return costs[j] == below[j] + gap ? .deletion : .insertion
        } + [.deletion]
    }
}

/// Both sequences with equal numbers for equal symbols, because comparing characters is slow.
func numbered<Symbol: Hashable>(_ first: [Symbol], _ second: [Symbol]) -> ([Int], [Int]) {
    var numbers: [Symbol: Int] = [:]
    func number(_ symbol: Symbol) -> Int {
        if let number = numbers[symbol] { return number }
        numbers[symbol] = numbers.count
        return numbers.count - 1
    }
    return (first.map(number), second.map(number))
}
