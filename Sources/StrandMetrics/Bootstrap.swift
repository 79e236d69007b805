/// A confidence interval of a figure.
public struct Interval: Sendable, Equatable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// The interval from `lower` to `upper`.
    public init(lower: Double, upper: Double) {
        precondition(lower <= upper, "interval from \(lower) to \(upper)")
        self.lower = lower
        self.upper = upper
    }
}

/// The percentile bootstrap over groups (Efron & Tibshirani 1993, chapter 13): chains of residues, writers of samples.
///
/// Groups, not their members, are drawn with replacement: the residues of a chain or the letters of a writer are right
/// or wrong together, so an interval over residues or letters would be several times too narrow.
public struct Bootstrap: Sendable, Equatable {
    /// How many times the groups are drawn.
    public let resamples: Int
    /// The fraction of the resampled figures inside the interval.
    public let confidence: Double

    /// A bootstrap of `resamples` draws and an interval for a `confidence` between 0 and 1.
    public init(resamples: Int = 10_000, confidence: Double = 0.95) {
        precondition(resamples > 0, "no resamples")
        precondition(0 < confidence && confidence < 1, "confidence \(confidence) is not between 0 and 1")
        self.resamples = resamples
        self.confidence = confidence
    }

    /// The confidence interval of a ratio of sums over groups, sum(x) / sum(y).
    ///
    /// Empty groups, (0, 0), are left out; so are draws whose sum(y) is 0, which give no figure. Nil if no figure is
    /// left, or a single group: every draw is that group, which says nothing of others. Costs resamples * groups draws from `generator`; a seeded one makes the figures reproducible and is several
    /// times faster than the system's.
    /// - Parameter terms: x and y of each group; y is not negative.
    public func interval(
        ofRatio terms: [SIMD2<Double>], using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        precondition(terms.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.y >= 0 }, "terms without a ratio")
        let terms = terms.filter { $0 != .zero }
        if terms.count < 2 || terms.allSatisfy({ $0.y == 0 }) { return nil }
        let figures = (0..<resamples).compactMap { _ in Self.resampledRatio(of: terms, using: &generator) }.sorted()
        return interval(of: figures)
    }

    /// The middle part of sorted, resampled figures; nil without any.
    func interval(of figures: [Double]) -> Interval? {
        if figures.isEmpty { return nil }
        let tail = (1 - confidence) / 2
        return Interval(lower: Self.quantile(tail, of: figures), upper: Self.quantile(1 - tail, of: figures))
    }

    private static func resampledRatio(
        of terms: [SIMD2<Double>], using generator: inout some RandomNumberGenerator
    ) -> Double? {
        var sum = SIMD2<Double>.zero
        for _ in terms.indices { sum += terms[draw(from: terms.count, using: &generator)] }
        return sum.y == 0 ? nil : sum.x / sum.y
    }

    /// A number below `count`, uniform up to one part in 2^64 / count: by a multiplication (Lemire 2019), without
    /// the division and the rejections that make it exact but several times slower.
    static func draw(from count: Int, using generator: inout some RandomNumberGenerator) -> Int {
        Int(UInt64(count).multipliedFullWidth(by: generator.next()).high)
    }

    /// The quantile at `fraction` of sorted `values`, interpolated linearly between the two nearest.
    private static func quantile(_ fraction: Double, of values: [Double]) -> Double {
        let position = fraction * Double(values.count - 1)
        let below = Int(position)
        let above = min(below + 1, values.count - 1)
        return values[below] + (position - Double(below)) * (values[above] - values[below])
    }
}
