import StrandMetrics
import TestSupport
import Testing

@Suite struct ComparisonTests {
    @Test func signTestOfDifferences() {
        #expect(SignTest(differences: [0.1, 0, -0.2, 0.3, .nan]) == SignTest(wins: 2, losses: 1))
        #expect(SignTest(wins: 0, losses: 0).pValue == 1)
        #expect(SignTest(wins: 3, losses: 9).pValue == SignTest(wins: 9, losses: 3).pValue)
    }

    /// Groups hard for both make the figures vary, not their difference.
    @Test func pairsAreDrawnTogether() throws {
        var generator = SplitMix64(seed: 16)
        let first = (0..<200).map { SIMD2(Double($0 % 100), 100.0) }
        let second = first.map { SIMD2($0.x + 1, 100.0) }
        let difference = try #require(Bootstrap().difference(of: first, and: second, using: &generator))
        #expect(abs(difference.difference + 0.01) < 1e-12)
        let interval = try #require(difference.interval)
        #expect(abs(interval.lower + 0.01) < 1e-12 && abs(interval.upper + 0.01) < 1e-12)
        #expect(difference.pValue == 2.0 / 10_001)
    }

    /// Two systems that are right by chance: a normal difference of standard deviation sqrt(2 * 0.25 / 400).
    @Test func independentSystems() throws {
        var generator = SplitMix64(seed: 17)
        let sides = (0..<2).map { _ in
            (0..<400).map { _ in SIMD2(Bool.random(using: &generator) ? 1.0 : 0.0, 1.0) }
        }
        let difference = try #require(Bootstrap().difference(of: sides[0], and: sides[1], using: &generator))
        let interval = try #require(difference.interval)
        #expect(abs(interval.upper - interval.lower - 2 * 1.96 * 0.0354) < 0.012)
        let same = try #require(Bootstrap().difference(of: sides[0], and: sides[0], using: &generator))
        #expect(same.difference == 0 && same.pValue == 1)
    }

    @Test func aSingleGroupTellsNothingOfOthers() throws {
        var generator = SplitMix64(seed: 18)
        let found = try #require(Bootstrap().difference(of: [[3, 4]], and: [[1, 4]], using: &generator))
        #expect(found.difference == 0.5 && found.interval == nil && found.pValue == nil)
    }

    @Test func withoutAFigure() {
        var generator = SplitMix64(seed: 18)
        #expect(Bootstrap().difference(of: [], and: [], using: &generator) == nil)
        #expect(Bootstrap().difference(of: [[0, 1]], and: [[0, 0]], using: &generator) == nil)
    }
}
