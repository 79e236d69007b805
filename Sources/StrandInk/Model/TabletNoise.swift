import Glibc

/// The noise of a tablet: jitter from point to point, which makes ink longer and more ragged than it was written.
///
/// A walk along noisy ink would count the jitter as way, the more the faster the tablet. So ink is smoothed as far as its
/// own noise asks for: ink without noise, or noise that is small beside its steps, is left as it is, and nothing is
/// smoothed over more than a small part of the letters, so that corners stay corners.
struct TabletNoise {
    /// Standard deviation of a coordinate, in units of the ink; 0 if there is no noise, or too little ink to tell.
    let deviation: Double
    /// Mean height of the strokes, weighted by their length; flat ones count by their width.
    private let height: Double

    /// Noise below this share of the distance between points hardly lengthens the ink: many tablets of the training
    /// data have as much.
    private static let leastShare = 0.25
    /// Smoothing leaves this much noise in the direction of the ink, in radians.
    private static let directionNoise = 0.17
    /// Ink that would have to be smoothed over a larger share of its height is not noisy but sparse: its points are the
    /// turns of the writing.
    private static let largestReach = 0.08

    /// Let d be a second difference, p[i-1] - 2 p[i] + p[i+1]. Along a curve two of them in a row point the same way, and
    /// beside a corner one is nearly zero; those of white noise of deviation s are opposed, and the median of their
    /// products is -5.1 s^2. A median, because single wild points are no noise.
    init(_ strokes: [[SIMD2<Double>]]) {
        var products: [Double] = []
        var (lengths, heights) = (0.0, 0.0)
        for stroke in strokes {
            let seconds = stroke.withoutRepetitions.differences.differences
            for (second, next) in zip(seconds, seconds.dropFirst()) { products.append((second * next).sum()) }
            let length = stroke.differences.reduce(0) { $0 + $1.length }
            lengths += length
            heights += length * Self.height(of: stroke)
        }
        height = lengths > 0 ? heights / lengths : 0
        products.sort()
        let median = products.count >= 8 ? products[products.count / 2] : 0
        deviation = median < 0 ? (-median / 5.1).squareRoot() : 0
    }

    private static func height(of stroke: [SIMD2<Double>]) -> Double {
        let extent =
            stroke.reduce(stroke[0]) { pointwiseMax($0, $1) } - stroke.reduce(stroke[0]) { pointwiseMin($0, $1) }
        return max(extent.y, 0.2 * extent.x)
    }

    /// The strokes without the noise, point for point.
    static func smoothed(_ strokes: [[SIMD2<Double>]]) -> [[SIMD2<Double>]] {
        let noise = TabletNoise(strokes)
        return noise.deviation > 0 && noise.deviation.isFinite ? strokes.map(noise.smoothed) : strokes
    }

    /// A point that repeats the last one stays with it; so does one that a resting pen scattered around it.
    private func smoothed(_ stroke: [SIMD2<Double>]) -> [SIMD2<Double>] {
        let points = stroke.withoutRepetitions
        guard points.count >= 4, let reach = reach(along: points) else { return stroke }
        let smooth = points.smoothed(by: reach)
        var index = 0
        var kept = smooth[0]
        return stroke.indices.map { position in
            if position > 0 && stroke[position] != stroke[position - 1] {
                index += 1
                if index == smooth.count - 1 || (smooth[index] - kept).length >= deviation / 2 { kept = smooth[index] }
            }
            return kept
        }
    }

    /// Deviation of the Gaussian to smooth with, in points; nil: none is needed.
    ///
    /// A Gaussian of deviation w leaves noise of variance s^2 / (4 sqrt(pi) w^3) in a coordinate's slope, where the
    /// writing moves on by the distance h of its points: w is such that their ratio is `directionNoise`.
    private func reach(along points: [SIMD2<Double>]) -> Double? {
        let lag = min(4, points.count - 1)
        let squares = zip(points, points.dropFirst(lag)).map { (($1 - $0) * ($1 - $0)).sum() }
        let mean = squares.reduce(0, +) / Double(squares.count)
        let distance = max(max(mean - 4 * deviation * deviation, 0).squareRoot() / Double(lag), deviation / 16)
        let share = deviation / distance
        let reach = min(
            cbrt(share * share / (4 * Double.pi.squareRoot() * Self.directionNoise * Self.directionNoise)), 8)
        return share >= Self.leastShare && reach * distance <= Self.largestReach * height ? reach : nil
    }
}

extension [SIMD2<Double>] {
    fileprivate var differences: [SIMD2<Double>] { zip(self, dropFirst()).map { $1 - $0 } }

    fileprivate var withoutRepetitions: [SIMD2<Double>] {
        var points: [SIMD2<Double>] = []
        for point in self where point != points.last { points.append(point) }
        return points
    }

    /// The convolution with a Gaussian of a deviation in points; beyond its ends, the path goes on as its mirror image
    /// through the end, which stays where it is.
    fileprivate func smoothed(by deviation: Double) -> [SIMD2<Double>] {
        let radius = Swift.min(Int((3 * deviation).rounded(.up)), count - 1)
        let weights = (-radius...radius).map { exp(-0.5 * (Double($0) / deviation) * (Double($0) / deviation)) }
        let sum = weights.reduce(0, +)
        let head = self[1..<radius + 1].reversed().map { 2 * self[0] - $0 }
        let tail = self[count - 1 - radius..<count - 1].reversed().map { 2 * self[count - 1] - $0 }
        let extended = head + self + tail
        return indices.map { start in
            zip(extended[start...], weights).reduce(.zero) { $0 + $1.1 / sum * $1.0 }
        }
    }
}
