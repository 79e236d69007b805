import StrandBytes

/// Counts the n-grams of lines of text and builds a tree of the frequent ones.
struct NGramCounter {
    /// Every position of every line with the characters from there on, `longest` at most, in the bytes of a number, the
    /// first in the highest: sorted, the n-grams of a context are adjacent.
    private var windows: [UInt64] = []
    private var isSorted = true
    private let order: Int
    /// Marks the start of a line.
    private let start: UInt8

    /// Number of characters in a window.
    static let longest = 8
    /// Padding after a line's end.
    private static let filler = UInt8.max

    /// - Parameter start: a number that no character has.
    init(order: Int, start: UInt8) {
        precondition((1...Self.longest).contains(order) && start < Self.filler, "no n-grams of \(order) characters")
        self.order = order
        self.start = start
    }

    /// Adds a line: numbers of its characters, without its end.
    mutating func add(_ line: [UInt8]) {
        var window = UInt64.max
        // Backwards: each window is the following one, shifted.
        for character in [0] + line.reversed() + [start] {
            window = window >> 8 | UInt64(character) << 56
            windows.append(window)
        }
        isSorted = false
    }

    /// A node whose children are still to be made.
    private struct Context {
        var windows: Range<Int>
        var depth: Int
    }

    /// The tree of all single characters and pairs, and of the longer n-grams seen at least `leastCount` times.
    mutating func tree(leastCount: Int) -> NGramTree {
        if !isSorted { windows.sort() }
        isSorted = true
        var (labels, shares, childCounts, backoffs) = ([UInt8(0)], [UInt8(0)], [UInt8](), [UInt8]())
        var level = [Context(windows: windows.indices, depth: 0)]
        while let depth = level.first?.depth, depth < order {
            var next: [Context] = []
            for context in level {
                let runs = runs(in: context)
                // A line start is only context, never the next character.
                let seen = runs.filter { $0.label != start }
                let whole = Double(seen.reduce(0) { $0 + $1.windows.count } + seen.count)
                let kept = runs.filter { depth < 2 || $0.windows.count >= leastCount }
                var left = 1.0
                for run in kept {
                    let share = run.label == start ? 0 : Double(run.windows.count) / whole
                    left -= share
                    labels.append(run.label)
                    shares.append(NGramTree.step(of: share))
                    next.append(Context(windows: run.windows, depth: depth + 1))
                }
                childCounts.append(UInt8(kept.count))
                backoffs.append(NGramTree.step(of: max(left, 1e-9)))
            }
            level = next
        }
        return NGramTree(
            labels: labels, shares: shares, childCounts: childCounts, backoffs: backoffs, lastLabel: Int(start))!
    }

    /// The characters that follow a context, with their windows.
    private func runs(in context: Context) -> [(label: UInt8, windows: Range<Int>)] {
        let shift = UInt64(56 - 8 * context.depth)
        var runs: [(label: UInt8, windows: Range<Int>)] = []
        var start = context.windows.lowerBound
        while start < context.windows.upperBound {
            let label = UInt8(truncatingIfNeeded: windows[start] >> shift)
            var end = start + 1
            while end < context.windows.upperBound, UInt8(truncatingIfNeeded: windows[end] >> shift) == label {
                end += 1
            }
            if label != Self.filler { runs.append((label, start..<end)) }
            start = end
        }
        return runs
    }
}
