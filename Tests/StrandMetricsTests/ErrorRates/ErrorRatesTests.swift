import StrandMetrics
import TestSupport
import Testing

@Suite struct ErrorRatesTests {
    private static let samples = [
        ("a sheet of ink", "a sheet or ink", "w1"), ("Hello!", "hello", "w2"), ("beta", "beta", "w1"), ("", "x", nil),
        ("lost", "", nil),
    ]

    private func rates(_ samples: some Sequence<(String, String, String?)>) -> ErrorRates {
        samples.reduce(into: ErrorRates()) { $0.add(truth: $1.0, reading: $1.1, group: $1.2) }
    }

    /// Errors by hand: 1 + 2 + 0 + 1 + 4 of 14 + 6 + 4 + 0 + 4 characters.
    @Test func sumsOfTheExample() {
        let rates = rates(Self.samples)
        #expect(rates.errorRate(of: \.characters) == 8.0 / 28)
        #expect(rates.errorRate(of: \.words) == 4.0 / 7)
        #expect(rates.errorRate(of: \.foldedCharacters) == 7.0 / 28)
        #expect(rates.errorRate(of: \.unpunctuatedCharacters) == 7.0 / 27)
        #expect(rates.exactMatchRate == 0.2)
        #expect(
            rates.total(of: \.characters) == ErrorTally(substitutions: 2, deletions: 5, insertions: 1, reference: 28))
        #expect(rates.samples.map(\.characters.errors) == [1, 2, 0, 1, 4])
        #expect(rates.samples.map(\.group) == Self.samples.map(\.2))
    }

    @Test func samplesAreWhatTheyAreAlone() {
        let alone = Self.samples.map { TextErrors(truth: $0.0, reading: $0.1, group: $0.2) }
        #expect(rates(Self.samples).samples == alone)
    }

    @Test func confusionsOfTheExample() {
        let confusions = rates(Self.samples).confusions
        #expect(
            confusions.mostFrequent(.substitution, limit: 5).map(\.edit) == [
                .substitution(reference: "H", hypothesis: "h"), .substitution(reference: "f", hypothesis: "r"),
            ])
        #expect(confusions.mostFrequent(.deletion, limit: 2).map(\.edit) == [.deletion("!"), .deletion("l")])
        #expect(confusions.mostFrequent(.insertion, limit: 5).map(\.edit) == [.insertion("x")])
    }

    @Test func nothing() {
        let empty = ErrorRates()
        var generator = SplitMix64(seed: 1)
        #expect(empty.errorRate(of: \.characters) == nil && empty.exactMatchRate == nil && empty.groupCount == 0)
        #expect(empty.interval(of: \.words, using: &generator) == nil)
        #expect(empty.exactMatchInterval(using: &generator) == nil)
        let onlySurplus = rates([("", "abc", nil)])
        #expect(onlySurplus.errorRate(of: \.characters) == nil && onlySurplus.exactMatchRate == 0)
        #expect(onlySurplus.interval(of: \.characters, using: &generator) == nil)
    }

    @Test func mergeEqualsAddingAll() {
        var merged = rates(Self.samples.prefix(2))
        merged.merge(rates(Self.samples.dropFirst(2)))
        #expect(merged == rates(Self.samples))
    }

    @Test func groupsAreDrawnAsAWhole() {
        let rates = rates(Self.samples)
        #expect(rates.groupCount == 4)
        let bootstrap = Bootstrap(resamples: 500)
        var (first, second) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
        #expect(
            rates.interval(of: \.characters, by: bootstrap, using: &first)
                == bootstrap.interval(ofRatio: [[1, 18], [2, 6], [1, 0], [4, 4]], using: &second))
        #expect(
            rates.exactMatchInterval(by: bootstrap, using: &first)
                == bootstrap.interval(ofRatio: [[1, 2], [0, 1], [0, 1], [0, 1]], using: &second))
    }

    /// One writer for all leaves nothing to draw, and no interval; many make the interval narrow.
    @Test func fewWritersMakeWideIntervals() throws {
        func width(writers: Int) -> Double? {
            var generator = SplitMix64(seed: 4)
            let rates = rates((0..<60).map { ("ab", $0 % 6 < 3 ? "ab" : "ax", "w\($0 % writers)") })
            return rates.interval(of: \.characters, using: &generator).map { $0.upper - $0.lower }
        }
        #expect(width(writers: 1) == nil)
        #expect(try #require(width(writers: 6)) > 2 * (try #require(width(writers: 60))))
    }
}
