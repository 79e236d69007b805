import StrandNetwork
import StrandResearch
import Testing

@testable import StrandResearch

@Suite struct LongLagRunTests {
    private static let network = LongLagNetwork(cell: .lstm, hidden: 16, beginsOpen: true)

    /// A run depends only on itself: not on the other runs or the threads.
    @Test func resultsAreReproducible() {
        let experiment = LongLagExperiment(
            tasks: [.order2, .reber], lags: [10, 20], networks: [Self.network], seeds: 2, mostSequences: 3000)
        let one = experiment.results(on: Compute(threads: 1))
        let two = experiment.results(on: Compute(threads: 2))
        #expect(one == two)
        #expect(one.map(\.run.lag) == [20, 20, 10, 10, nil, nil])
        let alone = LongLagRun(task: .order2, lag: 20, network: Self.network, seed: 2)
        #expect(alone.outcome(mostSequences: 3000, on: Compute(threads: 1)) == one[1].outcome)
        #expect(one[0].outcome != one[1].outcome)
    }

    @Test func summariesAreMediansOfWhatWasSolved() throws {
        let experiment = LongLagExperiment(
            tasks: [.adding], lags: [10], networks: [Self.network], seeds: 3, mostSequences: 5)
        let results = [(true, 7000, 0.1), (false, 9000, 0.3), (true, 3000, 0.2)].enumerated().map { index, outcome in
            LongLagExperiment.Result(
                run: LongLagRun(task: .adding, lag: 10, network: Self.network, seed: UInt64(index)),
                outcome: .init(
                    isSolved: outcome.0, sequences: outcome.1, testWrong: 0, testSequences: 1, testError: outcome.2,
                    diverged: false))
        }
        let summary = try #require(LongLagSummary.all(of: results, in: experiment).first)
        #expect(summary.seeds == 3 && summary.solved == 2 && summary.sequences == 7000 && summary.testError == 0.2)
    }

    @Test func aBudgetEndsARun() {
        let run = LongLagRun(task: .adding, lag: 30, network: Self.network, seed: 1)
        let outcome = run.outcome(mostSequences: 2000, on: Compute(threads: 1))
        #expect(!outcome.isSolved && outcome.sequences == 2000 && outcome.testSequences == 2560)
        #expect(outcome.testWrong > 0 && outcome.testError > 0)
    }

    /// The gradient of a plain network vanishes after some steps; with open gates it does not.
    @Test func gradientsVanish() throws {
        func farthest(_ network: LongLagNetwork) throws -> Double {
            let flows = GradientFlow.beforeAndAfterTraining(
                network, lag: 60, seed: 3, mostSequences: 1000, on: Compute(threads: 1))
            #expect(flows.map(\.isTrained) == [false, true] && flows[0].norms.count == 60)
            #expect(flows[0].norms[0] == 1)
            return try #require(flows[0].norms.last)
        }
        #expect(try farthest(LongLagNetwork(cell: .rnn, hidden: 32, beginsOpen: false)) < 1e-10)
        #expect(try farthest(LongLagNetwork(cell: .lstm, hidden: 16, beginsOpen: true)) > 1e-4)
        #expect(try farthest(LongLagNetwork(cell: .gru, hidden: 16, beginsOpen: true)) > 1e-2)
    }
}
