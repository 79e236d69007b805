extension ErrorRates {
    /// The number of groups; a sample without a group is one of its own.
    public var groupCount: Int { sumsOfGroups { _ in .zero }.count }

    /// The confidence interval of an error rate, by drawing groups, such as writers, with replacement.
    ///
    /// Nil if the references have no symbols. See `Bootstrap.interval(ofRatio:using:)`.
    public func interval(
        of tally: KeyPath<TextErrors, ErrorTally>, by bootstrap: Bootstrap = Bootstrap(),
        using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        bootstrap.interval(ofRatio: terms(of: tally), using: &generator)
    }

    /// Errors and symbols of the references, group by group in order of first appearance: numerator and
    /// denominator of the rate.
    public func terms(of tally: KeyPath<TextErrors, ErrorTally>) -> [SIMD2<Double>] {
        sumsOfGroups { [Double($0[keyPath: tally].errors), Double($0[keyPath: tally].reference)] }
    }

    /// The confidence interval of the exact-match rate, by drawing groups; nil without samples.
    public func exactMatchInterval(
        by bootstrap: Bootstrap = Bootstrap(), using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        bootstrap.interval(ofRatio: sumsOfGroups { [$0.isExact ? 1 : 0, 1] }, using: &generator)
    }

    /// The sum of the samples' terms, group by group in order of first appearance.
    private func sumsOfGroups(_ term: (TextErrors) -> SIMD2<Double>) -> [SIMD2<Double>] {
        var indices: [String: Int] = [:]
        var sums: [SIMD2<Double>] = []
        for sample in samples {
            let index = sample.group.flatMap { indices[$0] } ?? sums.count
            if index == sums.count { sums.append(.zero) }
            if let group = sample.group { indices[group] = index }
            sums[index] += term(sample)
        }
        return sums
    }
}
