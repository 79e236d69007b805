import StrandBytes

/// Strokes that were written after the pen had moved on: the dot of an i and the bar of a t, added when a word is done.
///
/// A network that walks along the ink meets them far from the letter they belong to; so the letter's steps are told of
/// what is added there (the "hat" of Jaeger, Manke, Reichert & Waibel 2001, "Online handwriting recognition: the NPen++
/// recognizer", section 3.3).
struct DelayedStrokes {
    /// Where delayed ink lies.
    private struct Mark {
        var x: ClosedRange<Double>
        var y: Double
    }

    private var marks: [Mark] = []
    /// The strokes that are delayed.
    private(set) var strokes: Set<Int> = []

    /// In sizes of the ink: how far behind a delayed stroke ends, how long it is at most, how far it reaches to each side.
    private static let (leastDelay, longest, reach) = (0.2, 6.0, 0.3)

    /// The delayed ones among strokes in their frame.
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

    /// How far above a place delayed ink lies; nil where there is none.
    func rise(over place: SIMD2<Double>) -> Double? {
        let near = marks.filter { $0.x.contains(place.x) }.min {
            abs(($0.x.lowerBound + $0.x.upperBound) / 2 - place.x)
                < abs(($1.x.lowerBound + $1.x.upperBound) / 2 - place.x)
        }
        return near.map { place.y - $0.y }
    }
}
