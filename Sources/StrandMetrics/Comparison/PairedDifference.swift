/// The difference between two systems' figures on the same groups.
public struct PairedDifference: Sendable, Equatable {
    /// The first system's figure minus the second's.
    public let difference: Double
    /// The confidence interval of the difference; nil for a single group, of which nothing varies.
    public let interval: Interval?
    /// The probability of a difference this far from 0 if there were none: twice the share of resampled differences
    /// not on its side of 0, with one added to numerator and denominator (Davison & Hinkley 1997, section 4.2). Nil for a
    /// single group.
    public let pValue: Double?
}

extension Bootstrap {
    /// The difference between two ratios of sums over the same groups, sum(x) / sum(y), by the paired bootstrap: each draw
    /// takes the same groups for both, so that groups hard for both do not add noise (Efron & Tibshirani 1993;
    /// Koehn 2004, "Statistical significance tests for machine translation evaluation").
    ///
    /// Nil if a ratio's denominator is 0. See `interval(ofRatio:using:)`.
    public func difference(
        of first: [SIMD2<Double>], and second: [SIMD2<Double>], using generator: inout some RandomNumberGenerator
    ) -> PairedDifference? {
        precondition(first.count == second.count, "\(first.count) and \(second.count) groups")
        let pairs = zip(first, second).map { SIMD4(lowHalf: $0, highHalf: $1) }
        let sum = pairs.reduce(.zero, +)
        guard sum.y > 0, sum.w > 0 else { return nil }
        if pairs.count(where: { $0.y > 0 || $0.w > 0 }) < 2 {
            return PairedDifference(difference: sum.x / sum.y - sum.z / sum.w, interval: nil, pValue: nil)
        }
        var differences: [Double] = []
        for _ in 0..<resamples {
            var sum = SIMD4<Double>.zero
            for _ in pairs.indices { sum += pairs[Self.draw(from: pairs.count, using: &generator)] }
            if sum.y > 0 && sum.w > 0 { differences.append(sum.x / sum.y - sum.z / sum.w) }
        }
        guard let interval = interval(of: differences.sorted()) else { return nil }
        let notAbove = differences.count { $0 <= 0 }
        let notBelow = differences.count { $0 >= 0 }
        return PairedDifference(
            difference: sum.x / sum.y - sum.z / sum.w, interval: interval,
            pValue: min(1, 2 * Double(min(notAbove, notBelow) + 1) / Double(differences.count + 1)))
    }
}
