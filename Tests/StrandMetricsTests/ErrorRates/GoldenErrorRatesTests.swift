import Foundation
import StrandMetrics
import Testing

/// Against jiwer; `tools/reference/error_rates_golden.py` makes the numbers.
@Suite struct GoldenErrorRatesTests {
    private struct Fixture: Decodable {
        struct Figures: Decodable {
            var errors: Int
            var reference: Int
            var rate: Double?
            /// S, D, I.
            var edits: [Int]
            /// Whether no other split has so few errors; absent for totals.
            var isUnique: Bool?
        }
        struct Both: Decodable {
            var characters: Figures
            var words: Figures
        }
        struct Case: Decodable {
            var reference: String
            var hypothesis: String
            var characters: Figures
            var words: Figures
        }
        var total: Both
        var cases: [Case]
    }

    private let fixture: Fixture

    init() throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/error_rates", ofType: "json"))
        fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: URL(filePath: path)))
    }

    @Test func everyCase() {
        #expect(fixture.cases.count > 90)
        for golden in fixture.cases {
            let errors = TextErrors(truth: golden.reference, reading: golden.hypothesis)
            check(errors.characters, golden.characters, "\(golden.reference)|\(golden.hypothesis)")
            check(errors.words, golden.words, "\(golden.reference)|\(golden.hypothesis)")
        }
    }

    private func check(_ tally: ErrorTally, _ golden: Fixture.Figures, _ texts: Comment) {
        let edits = [tally.substitutions, tally.deletions, tally.insertions]
        #expect(tally.errors == golden.errors && tally.reference == golden.reference, texts)
        #expect(tally.errorRate == golden.rate, texts)
        #expect(edits[1] - edits[2] == golden.edits[1] - golden.edits[2], texts)
        #expect(edits[0] <= golden.edits[0], texts)  // Ours has the fewest substitutions.
        if golden.isUnique == true { #expect(edits == golden.edits, texts) }
    }

    @Test func theWholeCorpus() {
        var rates = ErrorRates()
        for golden in fixture.cases { rates.add(truth: golden.reference, reading: golden.hypothesis) }
        #expect(rates.errorRate(of: \.characters) == fixture.total.characters.rate)
        #expect(rates.errorRate(of: \.words) == fixture.total.words.rate)
        #expect(rates.total(of: \.characters).reference == fixture.total.characters.reference)
        #expect(rates.total(of: \.words).reference == fixture.total.words.reference)
    }
}
