/// Measures of a sample's ink: its size, its box and irregularities in its course.
struct InkShape {
    /// Strokes that have points.
    let strokes: [[SIMD2<Double>]]
    let pointCount: Int
    let size: Double
    let least: SIMD2<Double>
    let greatest: SIMD2<Double>

    /// Marks written as a dot.
    static let dots: Set<Character> = [".", ",", "'", "`", "\u{B7}", "-", ":", ";", "\"", " "]

    init(_ ink: [[InkPoint]]) {
        strokes = ink.lazy.filter { !$0.isEmpty }.map { $0.map(\.position) }
        pointCount = strokes.reduce(0) { $0 + $1.count }
        size = InkFrame(strokes).size
        var (least, greatest) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
        for point in strokes.joined() {
            least = pointwiseMin(least, point)
            greatest = pointwiseMax(greatest, point)
        }
        (self.least, self.greatest) = pointCount > 0 ? (least, greatest) : (.zero, .zero)
    }

    /// The measures that are kept, in units of the ink.
    struct Measures: Sendable {
        /// About a letter's height.
        var size: Float
        var width: Float
        var height: Float
        /// Length of all strokes.
        var length: Float
        /// Distances to left and right per distance up and down.
        var aspect: Float?
    }

    var measures: Measures {
        var (length, ways) = (0.0, SIMD2<Double>.zero)
        for stroke in strokes {
            for (point, next) in zip(stroke, stroke.dropFirst()) {
                let move = next - point
                length += move.length
                ways += pointwiseMax(move, -move)
            }
        }
        return Measures(
            size: Float(size), width: Float(greatest.x - least.x), height: Float(greatest.y - least.y),
            length: Float(length), aspect: ways.y > 0 ? Float(ways.x / ways.y) : nil)
    }

    /// Whether letters are less than 6 units high: too coarse a grid for their shapes.
    var isCoarse: Bool {
        let points = strokes.joined()
        return pointCount > 10 && size < 6 && points.allSatisfy { $0 == $0.rounded(.toNearestOrEven) }
    }
}

extension InkShape {
    /// The coordinates relative to the first point, hashed; nil for fewer than 8 points or ink without extent.
    ///
    /// Coordinates are rounded to a power of two that is about a millionth of the box, so that ink moved by fractions
    /// of a unit, which rounds the differences, keeps its hash.
    var hash: UInt64? {
        let extent = (greatest - least).max()
        let grain = extent.binade / 1_048_576
        guard pointCount >= 8, grain > 0 else { return nil }
        let first = strokes[0][0]
        var hash = UInt64(strokes.count)
        for stroke in strokes {
            hash.mix(UInt64(stroke.count))
            for point in stroke {
                let cell = ((point - first) / grain).rounded(.toNearestOrEven)
                hash.mix(UInt64(bitPattern: Int64(cell.x)))
                hash.mix(UInt64(bitPattern: Int64(cell.y)))
            }
        }
        return hash
    }
}

extension UInt64 {
    /// One round of a multiplicative hash that mixes high bits back down.
    fileprivate mutating func mix(_ value: UInt64) {
        self = (self ^ value) &* 0x9E37_79B9_7F4A_7C15
        self ^= self >> 29
    }
}
