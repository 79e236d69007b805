import StrandMetrics

/// The frame in which ink of any tablet looks alike: the position of its middle and the size of its letters.
///
/// The size is the mean height of the ink's ups and downs, each weighted by itself: about a letter's height in a word
/// and in a line alike, whatever ascenders and descenders there are. Ink with hardly any ups and downs, such as a hyphen,
/// is measured by its width, and a dot counts as one size.
struct InkFrame {
    private let origin: SIMD2<Double>
    /// In units of the ink.
    let size: Double
    /// Shift to the right per unit down.
    private var shear = 0.0
    /// Shift down per unit to the right.
    private var slope = 0.0

    init(_ strokes: [[InkPoint]]) { self.init(strokes.map { $0.map(\.position) }) }

    init(
        _ strokes: [[SIMD2<Double>]], sizeFactor: Double = 1, correctingSlant: Bool = false,
        correctingBaseline: Bool = false
    ) {
        var heights = WeightedMean()
        var widths = WeightedMean()
        var middle = WeightedMean()
        for stroke in strokes {
            heights.add(swings: stroke, \.y)
            widths.add(swings: stroke, \.x)
            for (point, next) in zip(stroke, stroke.dropFirst()) {
                middle.add((point.y + next.y) / 2, weight: (next - point).length)
            }
        }
        let first = strokes.lazy.compactMap(\.first).first ?? .zero
        let measured = max(heights.value ?? 0, 0.2 * (widths.value ?? 0))
        size = sizeFactor * (measured > 0 ? measured : 1)
        origin = [first.x, middle.value ?? first.y]
        if correctingSlant { shear = Self.slant(of: strokes) }
        if correctingBaseline { slope = Self.slope(of: strokes, around: first, size: size) }
    }

    /// The coordinates of a point in the frame.
    func transform(_ point: SIMD2<Double>) -> SIMD2<Double> {
        let local = (point - origin) / size
        return [local.x - shear * local.y, local.y - slope * local.x]
    }

    /// The slant of downstrokes, to the right per unit down: least squares of dx on dy over segments that go down more than
    /// sideways.
    static func slant(of strokes: [[SIMD2<Double>]]) -> Double {
        var (products, squares) = (0.0, 0.0)
        for stroke in strokes {
            for (point, next) in zip(stroke, stroke.dropFirst()) {
                let move = next - point
                guard move.y > abs(move.x) else { continue }
                products += move.x * move.y
                squares += move.y * move.y
            }
        }
        return squares > 0 ? products / squares : 0
    }

    /// The slope of the line: ridge regression of y on x by length, so that a short word keeps its shape.
    private static func slope(of strokes: [[SIMD2<Double>]], around origin: SIMD2<Double>, size: Double) -> Double {
        var sums: (weight: Double, x: Double, y: Double, xx: Double, xy: Double) = (0, 0, 0, 0, 0)
        for stroke in strokes {
            for (point, next) in zip(stroke, stroke.dropFirst()) {
                let weight = (next - point).length / size
                // Far from the origin of the tablet the squares would cancel.
                let middle = ((point - origin) + (next - origin)) / (2 * size)
                sums.weight += weight
                sums.x += weight * middle.x
                sums.y += weight * middle.y
                sums.xx += weight * middle.x * middle.x
                sums.xy += weight * middle.x * middle.y
            }
        }
        guard sums.weight > 0 else { return 0 }
        let ridge = 16.0
        let variance = sums.xx / sums.weight - (sums.x / sums.weight) * (sums.x / sums.weight)
        let covariance = sums.xy / sums.weight - sums.x / sums.weight * (sums.y / sums.weight)
        return covariance / (max(variance, 0) + ridge)
    }
}

extension SIMD2<Double> {
    var length: Double { (self * self).sum().squareRoot() }

    /// The unit vector in the same direction; nil if there is none.
    var unit: SIMD2<Double>? { length > 1e-9 ? self / length : nil }
}

/// A weighted mean of values.
private struct WeightedMean {
    private var sum = 0.0
    private var weights = 0.0

    var value: Double? { weights > 0 ? sum / weights : nil }

    mutating func add(_ value: Double, weight: Double) {
        sum += weight * value
        weights += weight
    }

    /// Adds the distance of the coordinate between its turns, weighted by itself.
    mutating func add(swings stroke: [SIMD2<Double>], _ coordinate: (SIMD2<Double>) -> Double) {
        guard var turn = stroke.first.map(coordinate) else { return }
        var last = turn
        for point in stroke.dropFirst() {
            let value = coordinate(point)
            if (value - last) * (last - turn) < 0 {
                add(abs(last - turn), weight: abs(last - turn))
                turn = last
            }
            last = value
        }
        add(abs(last - turn), weight: abs(last - turn))
    }
}
