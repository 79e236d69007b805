import FoundationEssentials
import TestSupport
import Testing

@testable import StrandNetwork

@Suite struct DeterminismTests {
    private static let lengths = [7, 1, 30, 30, 2, 300, 12, 5, 150, 1]
    private let network: RecurrentNetwork<Float>
    private let inputs: [[Float]]

    init() {
        var generator = SeededGenerator(seed: 4)
        network = RecurrentNetwork(shape: NetworkShape(inputs: 3, hidden: 20, layers: 2, labels: 5), using: &generator)
        inputs = Self.lengths.map { length in (0..<3 * length).map { _ in Float(generator.uniform(within: 2)) } }
    }

    /// Probabilities of some sequences, in that order.
    private func probabilities(of sequences: [Int], on compute: Compute) -> [[Float]] {
        network.probabilities(lengths: sequences.map { Self.lengths[$0] }, on: compute) { chosen, batch in
            var matrix = Matrix<Float>(rows: batch.rowCount, columns: 3)
            for (sequence, index) in chosen.enumerated() {
                let values = inputs[sequences[index]]
                for k in values.indices { matrix[batch.row(sequence: sequence, step: k / 3), k % 3] = values[k] }
            }
            return matrix
        }.map(\.elements)
    }

    @Test(arguments: KernelPath.allCases.filter { $0.isSupported && $0.canTrain }, [1, 2, 3])
    func probabilitiesDoNotDependOnTheOthers(path: KernelPath, threads: Int) {
        let compute = Compute(threads: threads, path: path)
        let single = Compute(threads: 1, path: path)
        let alone = Self.lengths.indices.map { probabilities(of: [$0], on: single)[0] }
        #expect(alone.map(\.count) == Self.lengths.map { 5 * $0 })
        var generator = SplitMix64(seed: 1)
        for _ in 0..<10 {
            // Some of them, some twice; with 8192 rows a batch the longest lists are several batches.
            let count = [1, 2, 10, 40, 300].randomElement(using: &generator)!
            let chosen = (0..<count).map { _ in Self.lengths.indices.randomElement(using: &generator)! }
            #expect(probabilities(of: chosen, on: compute) == chosen.map { alone[$0] })
        }
        #expect(probabilities(of: [], on: compute).isEmpty)
    }

    @Test func trainingDependsOnTheSeedAlone() {
        func trained(seed: UInt64, threads: Int) -> ([[Float]], [StepReport]) {
            var trainer = Trainer(
                EchoTask(sequences: 60), shape: EchoTask.shape, options: .quick(epochs: 3, seed: seed))
            let reports = trainer.run(on: Compute(threads: threads))
            return (trainer.numbers, reports)
        }
        let one = trained(seed: 1, threads: 1)
        #expect(one == trained(seed: 1, threads: 2))
        #expect(one == trained(seed: 1, threads: 3))
        let other = trained(seed: 2, threads: 1)
        #expect(zip(one.0, other.0).allSatisfy { $0 != $1 })
    }

    /// After some steps of a training of which an epoch takes several: also none, and at an epoch's end.
    @Test(arguments: [0, 1, 4, 13, 14]) func resumedTrainingIsTheSame(steps: Int) throws {
        let task = EchoTask(sequences: 60)
        let compute = Compute(threads: 2)
        var whole = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 5))
        var reports = whole.run(on: compute)
        let stepsPerEpoch = try #require(reports.firstIndex { $0.epoch != nil }) + 1
        let steps = steps == 14 ? 2 * stepsPerEpoch : steps

        var first = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 5))
        #expect(first.run(steps: steps, on: compute) == Array(reports.prefix(steps)))
        let path = TemporaryDirectory()
        try first.checkpoint(notes: "what the data was").write(to: path("checkpoint"))

        let file = try Safetensors(path: path("checkpoint"))
        var resumed = try Trainer(task, resuming: file)
        #expect(file.trainingNotes == "what the data was")
        #expect(resumed.progress == first.progress && resumed.optimiser.step == steps)
        #expect(resumed.completion == first.completion && resumed.options == first.options)
        reports.removeFirst(steps)
        #expect(resumed.run(on: compute) == reports)
        #expect(resumed.numbers == whole.numbers)
        #expect(try resumed.checkpoint().encoded() == whole.checkpoint().encoded())
    }
}
