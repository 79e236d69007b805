import StrandMetrics
import TestSupport
import Testing

@Suite struct BootstrapTests {
    /// Hands out the indices of a bootstrap in a given order: multiples of 2^64 / 4 select among four chains.
    private struct Scripted: RandomNumberGenerator {
        var quarters: [UInt64]

        mutating func next() -> UInt64 { quarters.removeFirst() << 62 | 1 << 61 }
    }

    /// Ways to combine the tallies of chains into one figure.
    enum Average: CaseIterable {
        case pooled, perChain

        func terms(_ chains: [ChainTally]) -> [SIMD2<Double>] {
            chains.map {
                switch self {
                case .pooled: [Double($0.correct), Double($0.counted)]
                case .perChain: $0.accuracy.map { [$0, 1] } ?? .zero
                }
            }
        }
    }

    private let four = [(0, 10), (1, 2), (30, 40), (1, 1)].map { ChainTally(correct: $0.0, counted: $0.1) }

    /// Draws 0 1 2 3, 3 3 3 3 and 0 0 1 1: figures by hand from `four`.
    @Test(arguments: [
        (Average.pooled, [2.0 / 24, 32.0 / 53, 1]), (.perChain, [0.25, 2.25 / 4, 1]),
    ])
    func handComputed(average: Average, figures: [Double]) throws {
        var generator = Scripted(quarters: [0, 1, 2, 3, 3, 3, 3, 3, 0, 0, 1, 1])
        let bootstrap = Bootstrap(resamples: 3, confidence: 0.5)
        let interval = try #require(bootstrap.interval(ofRatio: average.terms(four), using: &generator))
        // Quantiles 0.25 and 0.75 of three values lie half-way between neighbours.
        #expect(abs(interval.lower - (figures[0] + figures[1]) / 2) < 1e-15)
        #expect(abs(interval.upper - (figures[1] + figures[2]) / 2) < 1e-15)
    }

    /// Every draw of a single group is that group: no interval can be told.
    @Test func aSingleGroupGivesNone() {
        var generator = SplitMix64(seed: 4)
        #expect(Bootstrap().interval(ofRatio: [[3, 4]], using: &generator) == nil)
        #expect(Bootstrap().interval(ofRatio: [[3, 4], [0, 0]], using: &generator) == nil)
        #expect(Bootstrap().interval(ofRatio: [[3, 4], [0, 4]], using: &generator) != nil)
    }

    @Test(arguments: Average.allCases)
    func equalChainsGiveAPoint(average: Average) {
        var generator = SplitMix64(seed: 5)
        let chains = [ChainTally](repeating: ChainTally(correct: 3, counted: 4), count: 20)
        let interval = Bootstrap(resamples: 100).interval(ofRatio: average.terms(chains), using: &generator)
        #expect(interval == Interval(lower: 0.75, upper: 0.75))
    }

    @Test(arguments: Average.allCases)
    func chainsThatDoNotCountChangeNothing(average: Average) {
        var first = SplitMix64(seed: 6)
        var second = first
        let padded = [ChainTally(correct: 0, counted: 0)] + four
        let bootstrap = Bootstrap(resamples: 50)
        #expect(
            bootstrap.interval(ofRatio: average.terms(padded), using: &first)
                == bootstrap.interval(ofRatio: average.terms(four), using: &second))
        #expect(bootstrap.interval(ofRatio: average.terms([padded[0]]), using: &first) == nil)
    }

    /// The draws of `handComputed`, with a rate above 1 and a group without a denominator: sums 7/7, 8/0, 8/6.
    @Test func ratioOfSums() throws {
        let terms: [SIMD2<Double>] = [[3, 1], [1, 2], [1, 4], [2, 0]]
        var generator = Scripted(quarters: [0, 1, 2, 3, 3, 3, 3, 3, 0, 0, 1, 1])
        let bootstrap = Bootstrap(resamples: 3, confidence: 0.5)
        let interval = try #require(bootstrap.interval(ofRatio: terms, using: &generator))
        // The draw without a denominator gives no figure; quarters of the way between the remaining two.
        #expect(abs(interval.lower - (1 + 1.0 / 12)) < 1e-15)
        #expect(abs(interval.upper - (1 + 3.0 / 12)) < 1e-15)
    }

    @Test func ratiosWithoutAFigure() {
        var generator = Scripted(quarters: [3, 3])
        let bootstrap = Bootstrap(resamples: 1)
        #expect(bootstrap.interval(ofRatio: [], using: &generator) == nil)
        #expect(bootstrap.interval(ofRatio: [[0, 0], [2, 0]], using: &generator) == nil)
        #expect(bootstrap.interval(ofRatio: [[1, 1], [2, 0]], using: &generator) == nil)
    }

    @Test func termsWithoutARatioAreOurFault() async {
        await #expect(processExitsWith: .failure) {
            var generator = SplitMix64(seed: 13)
            _ = Bootstrap().interval(ofRatio: [[1, -1]], using: &generator)
        }
        await #expect(processExitsWith: .failure) {
            var generator = SplitMix64(seed: 13)
            _ = Bootstrap().interval(ofRatio: [[.nan, 1]], using: &generator)
        }
    }

    /// 100 chains of one residue, half right: the count right is binomial, standard deviation 5.
    @Test func binomialWidth() throws {
        var generator = SplitMix64(seed: 7)
        let chains = (0..<100).map { ChainTally(correct: $0 % 2, counted: 1) }
        let interval = try #require(Bootstrap().interval(ofRatio: Average.pooled.terms(chains), using: &generator))
        #expect(abs(interval.lower - (0.5 - 1.96 * 0.05)) < 0.011)
        #expect(abs(interval.upper - (0.5 + 1.96 * 0.05)) < 0.011)
        let wide = try #require(
            Bootstrap(confidence: 0.99).interval(ofRatio: Average.pooled.terms(chains), using: &generator))
        #expect(wide.lower < interval.lower && wide.upper > interval.upper)
    }

    @Test func seedDecides() {
        var generators = [8, 8, 9].map { SplitMix64(seed: $0) }
        let intervals = generators.indices.map {
            Bootstrap(resamples: 200).interval(ofRatio: Average.pooled.terms(four), using: &generators[$0])
        }
        #expect(intervals[0] == intervals[1])
        #expect(generators[0].next() == generators[1].next())
    }
}
