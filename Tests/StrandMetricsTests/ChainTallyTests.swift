import StrandMetrics
import Testing

@Suite struct ChainTallyTests {
    @Test func accuracies() {
        let chains = [(1, 2), (6, 8), (0, 0)].map { ChainTally(correct: $0.0, counted: $0.1) }
        #expect(chains.map(\.accuracy) == [0.5, 0.75, nil])
    }

    @Test func moreRightThanCountedIsOurFault() async {
        await #expect(processExitsWith: .failure) { _ = ChainTally(correct: 2, counted: 1) }
    }
}
