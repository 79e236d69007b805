/// Counts the n-grams of lines of text.
struct NGramCounter {
    /// Every position of every line with the characters from there on, `longest` at most, in the bytes of a number, the
    /// first in the highest: sorted, the n-grams of a context are adjacent.
    private var windows: [UInt64] = []
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
    }

    /// How often each n-gram was seen.
    mutating func counts() -> NGramCounts {
        windows.sort()
        var counts = NGramCounts(start: start)
        var level = [windows.indices]
        for depth in 0..<order {
            var next: [Range<Int>] = []
            for context in level {
                let runs = runs(in: context, depth: depth)
                counts.addContext(runs.map { ($0.label, $0.windows.count) })
                next += runs.map(\.windows)
            }
            level = next
        }
        return counts
    }

    /// The characters that follow a context, with their windows.
    private func runs(in context: Range<Int>, depth: Int) -> [(label: UInt8, windows: Range<Int>)] {
        let shift = UInt64(56 - 8 * depth)
        var runs: [(label: UInt8, windows: Range<Int>)] = []
        var start = context.lowerBound
        while start < context.upperBound {
            let label = UInt8(truncatingIfNeeded: windows[start] >> shift)
            var end = start + 1
            while end < context.upperBound, UInt8(truncatingIfNeeded: windows[end] >> shift) == label {
                end += 1
            }
            if label != Self.filler { runs.append((label, start..<end)) }
            start = end
        }
        return runs
    }
}
