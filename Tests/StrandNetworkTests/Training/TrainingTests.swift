import CStrandKernels
import Foundation
import Testing

@testable import StrandNetwork

@Suite struct TrainingTests {
    @Test func learnsWhatNeedsBothDirections() {
        let task = EchoTask(sequences: 300)
        let compute = Compute(threads: 2)
        var trainer = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 20))
        let reports = trainer.run(on: compute)
        #expect(trainer.isFinished && trainer.completion == 1)
        #expect(task.accuracy(of: trainer.best, on: compute) > 0.99)
        let epochs = reports.compactMap(\.epoch)
        #expect(epochs.map(\.epoch) == Array(1...20))
        #expect(reports.map(\.step) == Array(1...reports.count))
        #expect(epochs[0].isBest && epochs[19].loss < epochs[0].loss / 5)
        #expect(epochs.last { $0.isBest }?.validation.score == trainer.bestValidation?.score)
    }

    /// Stops that many epochs after the best one, whose weights are kept.
    @Test(arguments: [1, 3]) func patience(epochs: Int) throws {
        var task = EchoTask(sequences: 10)
        let start = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 50)).network.weights[0, 0]
        // The farther from where it began, the worse: the first epoch is the best.
        task.score = { network in -abs(Double(network.weights[0, 0] - start)) }
        var options = TrainingOptions.quick(epochs: 50)
        options.patience = epochs
        var trainer = Trainer(task, shape: EchoTask.shape, options: options)
        let reports = trainer.run(on: Compute(threads: 1)).compactMap(\.epoch)
        let best = try #require(reports.lastIndex { $0.isBest })
        #expect(reports.count == best + 1 + epochs && reports.count < 50)
        #expect(trainer.isFinished)
        #expect(try trainer.step(on: Compute(threads: 1)) == nil)
        #expect(task.validate(trainer.best, on: Compute(threads: 1)).score == reports[best].validation.score)
    }

    /// A training of few steps reaches its full rate; a long one, or one without a share, is as it was.
    @Test func shortTrainingsHaveAShortWarmup() throws {
        func trainer(epochs: Int, share: Double?) -> Trainer<EchoTask> {
            var options = TrainingOptions.quick(epochs: epochs)
            options.warmupShare = share
            return Trainer(EchoTask(sequences: 10), shape: EchoTask.shape, options: options)
        }
        let short = trainer(epochs: 2, share: 0.1)
        #expect(short.stepCount < 100 && short.options.warmupSteps == max(1, short.stepCount / 10))
        #expect(trainer(epochs: 2, share: nil).options.warmupSteps == 10)
        #expect(trainer(epochs: 500, share: 0.1).options.warmupSteps == 10)
        var running = short
        let reports = running.run(on: Compute(threads: 1))
        #expect(reports.map(\.rate).max() ?? 0 > 0.9 * 0.02)
        // The state says how long it is, so that what resumes agrees.
        let kept = try JSONDecoder().decode(TrainingOptions.self, from: JSONEncoder().encode(short.options))
        #expect(kept == short.options)
    }

    @Test func nothingToTrainOn() throws {
        var trainer = Trainer(EchoTask(sequences: 0), shape: EchoTask.shape, options: .quick(epochs: 2))
        #expect(try trainer.step(on: Compute(threads: 1)) == nil)
        #expect(trainer.completion == 0)
    }

    /// Inputs of another width than the network's would be read past their end: a bug of the task, which stops.
    @Test func inputsThatDoNotFit() async {
        await #expect(processExitsWith: .failure) {
            let shape = NetworkShape(inputs: 3, hidden: 12, layers: 1, labels: 4)
            var trainer = Trainer(EchoTask(sequences: 3), shape: shape, options: .quick(epochs: 1))
            _ = try? trainer.step(on: Compute(threads: 1))
        }
    }

    /// A gradient that is no number any more ends the training; the weights stay as they were.
    @Test func divergence() throws {
        var task = EchoTask(sequences: 3)
        task.gradientFactor = .nan
        var trainer = Trainer(task, shape: EchoTask.shape, options: .quick(epochs: 2))
        let before = trainer.numbers
        #expect(throws: TrainingDiverged(step: 1)) { try trainer.step(on: Compute(threads: 1)) }
        #expect(trainer.numbers == before)
    }

    @Test func rateSchedule() {
        var options = TrainingOptions()
        (options.rate, options.warmupSteps, options.finalRateShare) = (0.1, 4, 0.2)
        func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-15 }
        // Warm-up: a quarter, two, three, all of the rate.
        #expect(isClose(options.rate(step: 0, progress: 0), 0.025))
        #expect(isClose(options.rate(step: 2, progress: 0), 0.075))
        #expect(isClose(options.rate(step: 3, progress: 0), 0.1))
        // Middle of the cosine: half way between the rate and a fifth of it; the end; beyond.
        #expect(isClose(options.rate(step: 100, progress: 0.5), 0.06))
        #expect(isClose(options.rate(step: 100, progress: 1), 0.02))
        #expect(isClose(options.rate(step: 100, progress: 2), 0.02))
        options.warmupSteps = 0
        #expect(isClose(options.rate(step: 0, progress: 0), 0.1))
    }

    @Test func ratesOfATraining() {
        let options = TrainingOptions.quick(epochs: 4)
        var trainer = Trainer(EchoTask(sequences: 30), shape: EchoTask.shape, options: options)
        let reports = trainer.run(on: Compute(threads: 1))
        for (step, report) in reports.enumerated() {
            let progress = Double(step) / Double(reports.count)
            #expect(abs(report.rate - options.rate(step: step, progress: progress)) < 1e-15)
        }
    }

    /// Equal lengths, a sequence too long for any batch, an empty list.
    @Test(arguments: [[], [5], Array(repeating: 7, count: 30), [1, 500, 2, 3], Array(1...80)], [1, 20, 100])
    func batchesCoverEachSequenceOnce(lengths: [Int], rowsPerBatch: Int) {
        var generator = SeededGenerator(seed: 1)
        let plan = BatchPlan(lengths: lengths, rowsPerBatch: rowsPerBatch, using: &generator)
        #expect(plan.batches.flatMap { $0 }.sorted() == Array(lengths.indices))
        #expect(plan.batches.allSatisfy { !$0.isEmpty })
        for batch in plan.batches where batch.count > 1 {
            #expect(batch.reduce(0) { $0 + lengths[$1] } <= rowsPerBatch)
        }
        if lengths.count > 10 {
            #expect(plan != BatchPlan(lengths: lengths, rowsPerBatch: rowsPerBatch, using: &generator))
        }
    }

    /// A unit is dropped for a whole sequence or not at all; the others are scaled so that the mean stays.
    @Test(arguments: [0.1, 0.35, 0.8]) func dropoutMasks(probability: Double) throws {
        var generator = SeededGenerator(seed: 1)
        let shape = NetworkShape(inputs: 2, hidden: 30, layers: 2, labels: 2)
        let network = RecurrentNetwork<Float>(shape: shape, using: &generator)
        let batch = RaggedBatch(lengths: (0..<300).map { 1 + $0 % 5 })
        #expect(network.dropoutMasks(0, for: batch, using: &generator) == nil)
        let masks = try #require(network.dropoutMasks(probability, for: batch, using: &generator))
        // One row a sequence, one column a unit of either direction, one mask a layer.
        #expect(masks.count == 2 && masks.allSatisfy { $0.rows == 300 && $0.columns == 64 })
        let factors = masks.flatMap(\.elements)
        #expect(Set(factors) == [0, Float(1 / (1 - probability))])
        // Binomial: within five standard deviations.
        let kept = Double(factors.count { $0 > 0 }) / Double(factors.count)
        let deviation = (probability * (1 - probability) / Double(factors.count)).squareRoot()
        #expect(abs(kept - (1 - probability)) < 5 * deviation)
        #expect(masks[0].elements != masks[1].elements)
    }
}
