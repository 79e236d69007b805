/// Character and word error rates of many readings.
///
/// Every sample counts, empty ones too. A rate is the errors of all samples over the symbols of all references.
/// ```swift
/// var rates = ErrorRates()
/// rates.add(truth: "a sheet of ink", reading: "a sheet or ink", group: "writer 1")
/// rates.errorRate(of: \.characters)  // CER: 1 / 14
/// rates.errorRate(of: \.words)  // WER: 1 / 4
/// ```
public struct ErrorRates: Sendable, Equatable {
    /// Sample by sample, in the order added.
    public private(set) var samples: [TextErrors] = []
    /// Which characters were mistaken for which.
    public private(set) var confusions = EditCounts<Character>()

    /// Rates of no samples yet.
    public init() {}

    /// Counts one reading.
    /// - Parameter group: the sample's writer or other group; nil: a group of its own.
    public mutating func add(truth: String, reading: String, group: String? = nil) {
        let alignment = Alignment(reference: Array(truth), hypothesis: Array(reading))
        samples.append(TextErrors(truth, reading, alignment, group))
        confusions.add(alignment)
    }

    /// Adds the samples of `other` after these.
    public mutating func merge(_ other: ErrorRates) {
        samples += other.samples
        confusions.merge(other.confusions)
    }

    /// The sum of all samples' tallies of one kind, such as `\.characters`.
    public func total(of tally: KeyPath<TextErrors, ErrorTally>) -> ErrorTally {
        samples.reduce(into: .zero) { $0 += $1[keyPath: tally] }
    }

    /// Errors over symbols of the references; nil if they have none.
    public func errorRate(of tally: KeyPath<TextErrors, ErrorTally>) -> Double? { total(of: tally).errorRate }

    /// The fraction of samples without any error; nil without samples.
    public var exactMatchRate: Double? { ratio(samples.count(where: \.isExact), samples.count) }
}

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
