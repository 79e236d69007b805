import StrandMetrics
import Testing

@Suite struct ErrorTallyTests {
    private let tally = ErrorTally(substitutions: 1, deletions: 2, insertions: 4, reference: 10)

    @Test func figures() {
        #expect(tally.errors == 7 && tally.errorRate == 0.7)
        #expect(tally.matches == 7 && tally.hypothesis == 12)
    }

    @Test func ratesAboveOne() {
        #expect(ErrorTally(reference: Array("a"), hypothesis: Array("bcd")).errorRate == 3)
    }

    @Test func emptyReferencesHaveNoRateButCountInASum() {
        let surplus = ErrorTally(reference: Array(""), hypothesis: Array("abc"))
        #expect(surplus.errorRate == nil && ErrorTally.zero.errorRate == nil)
        #expect((surplus + tally).errorRate == 1)
    }

    @Test func sums() {
        var sum = tally + ErrorTally(substitutions: 1, deletions: 1, insertions: 1, reference: 5)
        #expect(sum == ErrorTally(substitutions: 2, deletions: 3, insertions: 5, reference: 15))
        sum += .zero
        #expect(sum.errors == 10)
    }

    @Test func impossibleTalliesAreOurFault() async {
        await #expect(processExitsWith: .failure) {
            _ = ErrorTally(substitutions: 1, deletions: 1, insertions: 0, reference: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = ErrorTally(substitutions: 0, deletions: 0, insertions: -1, reference: 1)
        }
    }
}
