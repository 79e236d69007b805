/// How much ink is turned, by up to 25 degrees.
///
/// Level lines gather the ink at few heights. The turn is the one that makes the sum of squares of the heights' histogram
/// greatest, as of scanned pages (Baird 1987, "The skew angle of printed documents"). Ink that the pen wrote on its way along
/// a line has a histogram of its own, as words of different lines may stand level, too. Short words tell little, and are left
/// as they are. The thresholds were chosen on validation writers.
enum InkTilt {
    /// Sizes of the ink that it has to be wide.
    private static let leastWidth = 4.0
    /// By how much the sum of squares has to be greater than that of the ink as it is.
    private static let leastGain = 1.2
    /// In sizes of the ink: of the histogram's bins, and between points.
    private static let (bin, step) = (0.3, 0.25)
    private static let mostPoints = 2000.0
    /// Sizes of the ink that are no page any more.
    private static let mostExtent = 1000.0

    /// Strokes turned until their lines are level; nil if they are, or if it cannot be told.
    /// - Parameter marks: strokes that are no text, and do not count.
    static func levelled(_ strokes: [[SIMD2<Double>]], without marks: Set<Int> = []) -> [[SIMD2<Double>]]? {
        let letters = withoutRings(strokes.without(marks))
        let runs = runs(evenly(letters, InkFrame(letters).size))
        guard let first = runs.first?.first else { return nil }
        let least = runs.joined().reduce(first) { pointwiseMin($0, $1) }
        let extent = runs.joined().reduce(first) { pointwiseMax($0, $1) } - least
        guard extent.x > leastWidth, extent.max() < mostExtent else { return nil }
        func gathering(_ degrees: Int) -> Double {
            let direction = turn(by: degrees)
            return runs.reduce(0) { $0 + Self.gathering($1, direction) }
        }
        let level = gathering(0)
        var best = (degrees: 0, sum: level)
        func consider(_ degrees: Int) {
            let sum = gathering(degrees)
            if sum > best.sum { best = (degrees, sum) }
        }
        for degrees in stride(from: -24, through: 24, by: 2) where degrees != 0 { consider(degrees) }
        for degrees in [best.degrees - 1, best.degrees + 1] { consider(degrees) }
        guard best.sum > leastGain * level else { return nil }
        let back = turn(by: best.degrees)
        return strokes.map { $0.map { [back.x * $0.x + back.y * $0.y, back.x * $0.y - back.y * $0.x] } }
    }

    /// Strokes but those that go around others and through nothing: frames and circles, turned or not. Empty ones are left out.
    private static func withoutRings(_ strokes: [[SIMD2<Double>]]) -> [[SIMD2<Double>]] {
        let courses = strokes.enumerated().filter { !$1.isEmpty }.map { InkMarks.Course($0, $1) }
        return courses.filter { ring in
            let isThin = ring.length > 0 && ring.length < 2.6 * ring.extent.sum()
            return !isThin
                || !courses.contains { other in
                    other.extent.min() > 0.1 * ring.extent.min()
                        && ring.least.x < other.least.x && ring.least.y < other.least.y
                        && other.greatest.x < ring.greatest.x && other.greatest.y < ring.greatest.y
                }
        }.map(\.points)
    }

    /// Points put together as long as the pen goes on: not back by some letters, not up or down by more than a turned line does.
    private static func runs(_ strokes: [[SIMD2<Double>]]) -> [[SIMD2<Double>]] {
        var runs: [[SIMD2<Double>]] = []
        var last: (x: Double, y: Double)?
        for stroke in strokes where !stroke.isEmpty {
            let left = stroke.reduce(stroke[0].x) { min($0, $1.x) }
            let right = stroke.reduce(stroke[0].x) { max($0, $1.x) }
            if let end = last, case let gap = left - end.x, gap > -3,
                abs(height(of: stroke.filter { $0.x < left + 2 }) - end.y) < 1.6 + 0.45 * max(gap, 0)
            {
                runs[runs.count - 1] += stroke
            } else {
                runs.append(stroke)
            }
            last = (right, height(of: stroke.filter { $0.x > right - 2 }))
        }
        return runs
    }

    private static func height(of points: [SIMD2<Double>]) -> Double {
        points.reduce(0) { $0 + $1.y } / Double(points.count)
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

    /// Points at even distances along each stroke, in sizes of the ink.
    private static func evenly(_ strokes: [[SIMD2<Double>]], _ size: Double) -> [[SIMD2<Double>]] {
        let moves = strokes.map { stroke in zip(stroke, stroke.dropFirst()).map { ($0 / size, ($1 - $0) / size) } }
        let length = moves.joined().reduce(0) { $0 + $1.1.length }
        let step = max(step, length / mostPoints)
        return moves.map { stroke in
            var points: [SIMD2<Double>] = []
            var next = step / 2
            for (start, move) in stroke {
                let length = move.length
                while next < length {
                    points.append(start + move * (next / length))
                    next += step
                }
                next -= length
            }
            return points
        }
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
