/// A range that a figure lies in with some confidence.
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

/// How the tallies of chains make one figure.
public enum ChainAverage: Sendable, CaseIterable {
    /// Over residues: long chains weigh more.
    case pooled
    /// Over chains: each weighs the same.
    case perChain
}

/// The percentile bootstrap over chains (Efron & Tibshirani 1993, chapter 13).
///
/// Chains, not residues, are drawn with replacement: the residues of a chain are right or wrong together, so that an
/// interval over residues would be several times too narrow.
public struct Bootstrap: Sendable, Equatable {
    /// How many times the chains are drawn.
    public let resamples: Int
    /// The fraction of the resampled figures that lies in the interval.
    public let confidence: Double

    /// A bootstrap of `resamples` draws and an interval for a `confidence` between 0 and 1.
    public init(resamples: Int = 10_000, confidence: Double = 0.95) {
        precondition(resamples > 0, "no resamples")
        precondition(0 < confidence && confidence < 1, "confidence \(confidence) is not between 0 and 1")
        self.resamples = resamples
        self.confidence = confidence
    }

    /// The confidence interval of the chains' accuracy; nil if no residue counts.
    ///
    /// Chains without residues that count are left out. Costs resamples * chains draws from `generator`; a seeded one
    /// makes the figures reproducible and is several times faster than the system's.
    public func interval(
        of chains: [ChainTally], average: ChainAverage = .pooled, using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        // The figure is sum(a) / sum(b) over the drawn chains, with (a, b) = (correct, counted) or (accuracy, 1).
        let terms = chains.filter { $0.counted > 0 }.map { average.term(of: $0) }
        if terms.isEmpty { return nil }
        let figures = (0..<resamples).map { _ in Self.resampledFigure(of: terms, using: &generator) }.sorted()
        let tail = (1 - confidence) / 2
        return Interval(lower: Self.quantile(tail, of: figures), upper: Self.quantile(1 - tail, of: figures))
    }

    private static func resampledFigure(
        of terms: [SIMD2<Double>], using generator: inout some RandomNumberGenerator
    ) -> Double {
        var sum = SIMD2<Double>.zero
        for _ in terms.indices { sum += terms[Int.random(in: terms.indices, using: &generator)] }
        return sum.x / sum.y
    }

    /// The quantile at `fraction` of sorted `values`, interpolated linearly between the two nearest.
    private static func quantile(_ fraction: Double, of values: [Double]) -> Double {
        let position = fraction * Double(values.count - 1)
        let below = Int(position)
        let above = min(below + 1, values.count - 1)
        return values[below] + (position - Double(below)) * (values[above] - values[below])
    }
}

extension ChainAverage {
    /// The chain's share of the figure's numerator and denominator.
    fileprivate func term(of chain: ChainTally) -> SIMD2<Double> {
        switch self {
        case .pooled: [Double(chain.correct), Double(chain.counted)]
        case .perChain: [Double(chain.correct) / Double(chain.counted), 1]
        }
    }
}
