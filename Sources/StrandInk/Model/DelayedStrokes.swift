import StrandBytes

/// Strokes written after the pen had moved on: the dot of an i and the bar of a t, added when a word is done.
///
/// A network that follows the ink meets them far from their letter, so the letter's steps get a feature for the ink
/// added there (the "hat" of Jaeger, Manke, Reichert & Waibel 2001, "Online handwriting recognition: the NPen++
/// recognizer", section 3.3).
struct DelayedStrokes {
    /// The extent of delayed ink.
    private struct Mark {
        var x: ClosedRange<Double>
        var y: Double
    }

    private var marks: [Mark] = []
    /// The delayed strokes.
    private(set) var strokes: Set<Int> = []

    /// In sizes of the ink: how far behind a delayed stroke ends, its maximum length, and its reach to each side.
    private static let (leastDelay, longest, reach) = (0.2, 6.0, 0.3)

    /// Finds the delayed ones among strokes in their frame.
    init(_ paths: [[SIMD2<Double>]]) {
        var rightmost = -Double.infinity
        for (stroke, path) in paths.enumerated() where !path.isEmpty {
            let xs = path.map(\.x)
            let (left, right) = (xs.min()!, xs.max()!)
            let length = zip(path, path.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
            if right < rightmost - Self.leastDelay && length < Self.longest {
                strokes.insert(stroke)
                let y = path.reduce(0) { $0 + $1.y } / Double(path.count)
                marks.append(Mark(x: left - Self.reach...right + Self.reach, y: y))
            }
            rightmost = max(rightmost, right)
        }
    }

    /// The height of delayed ink above a point; nil if there is none.
    func rise(over point: SIMD2<Double>) -> Double? {
        let near = marks.filter { $0.x.contains(point.x) }.min {
            abs(($0.x.lowerBound + $0.x.upperBound) / 2 - point.x)
                < abs(($1.x.lowerBound + $1.x.upperBound) / 2 - point.x)
        }
        return near.map { point.y - $0.y }
    }
}
