import Glibc
import StrandBytes

/// How often the n-grams of a text were seen, as a tree level by level like `NGramTree`, and how they are smoothed and pruned.
///
/// An n-gram hc is worth n(hc) log(p(c | h) / q(c | h)): what its own occurrences would lose if it were pruned and q were left
/// (K. Seymore, R. Rosenfeld, "Scalable backoff language models", ICSLP 1996). Those worth least are pruned first. What the
/// others are reached by stays: their contexts, and those contexts without their first characters.
struct NGramCounts {
    /// How many occurrences of what is new are expected for each character seen after a context: see `CharacterModel`. Measured on
    /// handwritten lines and words with models of 300 lines to 30 million characters; 1 is Witten and Bell's.
    static let novelty = 8.0

    /// Marks the start of a line.
    private let start: UInt8
    private var labels: [UInt8] = [0]
    private var counts: [UInt32] = [0]
    private var parents: [UInt32] = [0]
    /// Index of the first child of each node that has children; one more at the end.
    private var starts: [UInt32] = [1]
    /// Index of the first node of each level.
    private var levels: [Int] = [0, 1]

    init(start: UInt8) { self.start = start }

    private var contextCount: Int { starts.count - 1 }

    /// Adds what was seen after the next context, level by level.
    mutating func addContext(_ following: [(label: UInt8, count: Int)]) {
        let context = contextCount
        if context == levels[levels.count - 1] { levels.append(labels.count) }
        for (label, count) in following {
            labels.append(label)
            counts.append(UInt32(clamping: count))
            parents.append(UInt32(context))
        }
        starts.append(UInt32(labels.count))
    }

    private func children(of node: Int) -> Range<Int> {
        node < contextCount ? Int(starts[node])..<Int(starts[node + 1]) : 0..<0
    }

    /// Shares of a context's children by their own counts; a line's start is only context, never the next character.
    private func shares(of children: Range<Int>) -> [Double] {
        let seen = children.filter { labels[$0] != start }
        let whole = seen.reduce(0) { $0 + Double(counts[$1]) } + Self.novelty * Double(seen.count)
        return children.map { labels[$0] == start ? 0 : Double(counts[$0]) / whole }
    }

    /// For each node the one without its first character; for each character itself the root.
    private func suffixes() -> [Int] {
        var suffixes = [Int](repeating: 0, count: labels.count)
        for node in (levels.count > 2 ? levels[2] : labels.count)..<labels.count {
            let label = labels[node]
            var range = children(of: suffixes[Int(parents[node])])
            while range.count > 1 {
                let middle = (range.lowerBound + range.upperBound) / 2
                range = labels[middle] <= label ? middle..<range.upperBound : range.lowerBound..<middle
            }
            suffixes[node] = range.lowerBound
        }
        return suffixes
    }

    /// What each n-gram is worth. Nothing can be pruned of the single characters and pairs.
    private func worths(_ suffixes: [Int]) -> [Float] {
        var worths = [Float](repeating: .infinity, count: labels.count)
        var probabilities = [Double](repeating: 1 / Double(start), count: labels.count)
        let firstPrunable = levels.count > 3 ? levels[3] : labels.count
        for context in 0..<contextCount {
            let children = children(of: context)
            let shares = shares(of: children)
            let left = 1 - shares.reduce(0, +)
            for (child, share) in zip(children, shares) {
                let shorter = probabilities[suffixes[child]]
                probabilities[child] = share + left * shorter
                if child >= firstPrunable {
                    worths[child] = Float(
                        Double(counts[child]) * log(probabilities[child] / ((share + left) * shorter)))
                }
            }
        }
        return worths
    }

    /// The nodes that stay if n-grams worth less than `least` are pruned.
    private func kept(_ worths: [Float], least: Float, suffixes: [Int]) -> [Bool] {
        var kept = worths.map { $0 >= least }
        for node in kept.indices.dropFirst().reversed() where kept[node] {
            let context = Int(parents[node])
            kept[context] = true
            kept[suffixes[context]] = true
        }
        return kept
    }

    private func byteCount(_ kept: [Bool]) -> Int {
        NGramTree.byteCount(nodes: kept.count { $0 }, contexts: kept[..<contextCount].count { $0 })
    }

    /// The smoothed n-grams.
    /// - Parameter limit: bytes that they may take; single characters and pairs stay in any case.
    func tree(within limit: Int) -> NGramTree {
        let suffixes = suffixes()
        let worths = worths(suffixes)
        func isWithin(_ least: Float) -> Bool { byteCount(kept(worths, least: least, suffixes: suffixes)) <= limit }
        if isWithin(-.infinity) { return smoothed([Bool](repeating: true, count: labels.count)) }
        var (tooLittle, enough): (Float, Float) = (0, 1)
        let all = worths.reduce(1) { $1 < .infinity ? max($0, $1) : $0 } * 2
        while enough < all && !isWithin(enough) { (tooLittle, enough) = (enough, enough * 4) }
        for _ in 0..<16 {
            let middle = (tooLittle + enough) / 2
            if isWithin(middle) { enough = middle } else { tooLittle = middle }
        }
        return smoothed(kept(worths, least: enough, suffixes: suffixes))
    }

    private func smoothed(_ kept: [Bool]) -> NGramTree {
        var (stored, shares, childCounts, backoffs) = ([UInt8(0)], [UInt8(0)], [UInt8](), [UInt8]())
        for context in 0..<contextCount where kept[context] {
            let children = children(of: context)
            var left = 1.0
            var count = 0
            for (child, share) in zip(children, self.shares(of: children)) where kept[child] {
                left -= share
                stored.append(labels[child])
                shares.append(NGramTree.step(of: share))
                count += 1
            }
            childCounts.append(UInt8(count))
            backoffs.append(NGramTree.step(of: max(left, 1e-9)))
        }
        return NGramTree(
            labels: stored, shares: shares, childCounts: childCounts, backoffs: backoffs, lastLabel: Int(start))!
    }
}
