/// How much ink is turned, by up to 30 degrees.
///
/// Level lines gather the ink at few heights. The turn is the one that makes the sum of squares of the heights' histogram
/// greatest, as of scanned pages (Baird 1987, "The skew angle of printed documents"). Short words tell little, and are left as
/// they are. The thresholds were chosen on validation writers.
enum InkTilt {
    /// Sizes of the ink that it has to be wide.
    private static let leastWidth = 4.0
    /// By how much the sum of squares has to be greater than that of the ink as it is.
    private static let leastGain = 1.25
    /// In sizes of the ink: of the histogram's bins, and between points.
    private static let (bin, step) = (0.3, 0.25)
    private static let mostPoints = 2000.0
    /// Sizes of the ink that are no page any more.
    private static let mostExtent = 1000.0

    /// Strokes turned until their lines are level; nil if they are, or if it cannot be told.
    /// - Parameter marks: strokes that are no text, and do not count.
    static func levelled(_ strokes: [[SIMD2<Double>]], without marks: Set<Int> = []) -> [[SIMD2<Double>]]? {
        let letters = strokes.indices.filter { !marks.contains($0) }.map { strokes[$0] }
        let points = evenly(letters, InkFrame(letters).size)
        guard let first = points.first else { return nil }
        let least = points.reduce(first) { pointwiseMin($0, $1) }
        let extent = points.reduce(first) { pointwiseMax($0, $1) } - least
        guard extent.x > leastWidth, extent.max() < mostExtent else { return nil }
        let asItIs = gathering(points, [1, 0])
        // Twice the degrees of the best turn, then its neighbours.
        guard var best = (-15...15).map({ (2 * $0, gathering(points, turn(by: 2 * $0))) }).max(by: { $0.1 < $1.1 }) else {
            return nil
        }
        for degrees in [best.0 - 1, best.0 + 1] {
            let sum = gathering(points, turn(by: degrees))
            if sum > best.1 { best = (degrees, sum) }
        }
        guard best.1 > leastGain * asItIs else { return nil }
        let back = turn(by: best.0)
        return strokes.map { $0.map { [back.x * $0.x + back.y * $0.y, back.x * $0.y - back.y * $0.x] } }
    }

    /// Cosine and sine of some degrees: products and sums of constants, so the same on every machine.
    private static func turn(by degrees: Int) -> SIMD2<Double> {
        let (cosine, sine) = (0.999_847_695_156_391_2, 0.017_452_406_437_283_51)
        var turn: SIMD2<Double> = [1, 0]
        for _ in 0..<abs(degrees) {
            turn = [turn.x * cosine - turn.y * sine, turn.x * sine + turn.y * cosine]
        }
        return degrees < 0 ? [turn.x, -turn.y] : turn
    }

    /// Points at even distances along strokes, in sizes of the ink.
    private static func evenly(_ strokes: [[SIMD2<Double>]], _ size: Double) -> [SIMD2<Double>] {
        let moves = strokes.map { stroke in zip(stroke, stroke.dropFirst()).map { ($0 / size, ($1 - $0) / size) } }
        let length = moves.joined().reduce(0) { $0 + $1.1.length }
        let step = max(step, length / mostPoints)
        var points: [SIMD2<Double>] = []
        for stroke in moves {
            var next = step / 2
            for (start, move) in stroke {
                let length = move.length
                while next < length {
                    points.append(start + move * (next / length))
                    next += step
                }
                next -= length
            }
        }
        return points
    }

    /// The sum of squares of the histogram of heights across a direction, each bin taken with its neighbour.
    private static func gathering(_ points: [SIMD2<Double>], _ direction: SIMD2<Double>) -> Double {
        let heights = points.map { (direction.x * $0.y - direction.y * $0.x) / bin }
        let (least, greatest) = (heights.min() ?? 0, heights.max() ?? 0)
        var counts = [Int](repeating: 0, count: Int(greatest - least) + 2)
        for height in heights { counts[Int(height - least)] += 1 }
        return zip(counts, counts.dropFirst()).reduce(Double(counts[0] * counts[0])) { sum, pair in
            sum + Double((pair.0 + pair.1) * (pair.0 + pair.1))
        }
    }
}
