import StrandMetrics
import Testing

@Suite struct ChainTallyTests {
    @Test func averages() {
        let chains = [
            ChainTally(correct: 1, counted: 2), ChainTally(correct: 6, counted: 8), ChainTally(correct: 0, counted: 0),
        ]
        #expect(chains.map(\.accuracy) == [0.5, 0.75, nil])
        #expect(chains.pooledAccuracy == 0.7)
        #expect(chains.meanAccuracy == 0.625)
    }

    @Test func nothingCounted() {
        let chains = [ChainTally(correct: 0, counted: 0)]
        #expect(chains.pooledAccuracy == nil && chains.meanAccuracy == nil)
        #expect([ChainTally]().pooledAccuracy == nil && [ChainTally]().meanAccuracy == nil)
    }

    @Test func moreRightThanCountedIsOurFault() async {
        await #expect(processExitsWith: .failure) { _ = ChainTally(correct: 2, counted: 1) }
    }
}
