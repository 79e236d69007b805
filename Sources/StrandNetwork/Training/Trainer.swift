/// Trains a network step by step. A value: a copy continues independently.
///
/// ```
/// var trainer = Trainer(task, shape: shape, options: options)
/// while let report = try trainer.step(on: compute) { print(report.loss) }
/// let network = trainer.best
/// ```
public struct Trainer<Task: TrainingTask>: Sendable {
    private(set) var task: Task
    /// How the network is trained; of a warm-up that was too long for the training, what is left.
    public private(set) var options: TrainingOptions
    /// The network being trained.
    var network: RecurrentNetwork<Float>
    var optimiser: AdamW<Float>
    var progress: TrainingProgress
    /// The moving average of the weights at the epoch with the best validation score.
    var bestWeights: Matrix<Float>

    private var plan: BatchPlan
    private var tape: RecurrentNetwork<Float>.Tape
    private var gradient: Matrix<Float>

    /// Training from the start.
    public init(_ task: Task, shape: NetworkShape, options: TrainingOptions) {
        var generator = SeededGenerator(seed: options.seed)
        let network = RecurrentNetwork<Float>(shape: shape, longestLag: options.longestLag, using: &generator)
        self.init(task, network, options, generator)
    }

    /// Training that starts from a trained network (fine-tuning).
    public init(_ task: Task, from network: RecurrentNetwork<Float>, options: TrainingOptions) {
        self.init(task, network, options, SeededGenerator(seed: options.seed))
    }

    private init(
        _ task: Task, _ network: RecurrentNetwork<Float>, _ options: TrainingOptions, _ generator: SeededGenerator
    ) {
        self.init(
            task, options: options, network: network, optimiser: AdamW(options.optimiser, weights: network.weights),
            progress: TrainingProgress(generator: generator), bestWeights: network.weights)
        if let share = options.warmupShare {
            self.options.warmupSteps = min(options.warmupSteps, max(1, Int(share * Double(stepCount))))
        }
    }

    /// Training from a stored state.
    init(
        _ task: Task, options: TrainingOptions, network: RecurrentNetwork<Float>, optimiser: AdamW<Float>,
        progress: TrainingProgress, bestWeights: Matrix<Float>
    ) {
        self.task = task
        self.options = options
        self.network = network
        self.optimiser = optimiser
        self.progress = progress
        self.bestWeights = bestWeights
        tape = .init(network.shape)
        gradient = Matrix(rows: 1, columns: network.layout.count)
        var generator = progress.epochGenerator
        plan = Self.beginEpoch(progress.epoch, &self.task, options, using: &generator)
        if progress.nextBatch == 0 { self.progress.generator = generator }
    }

    /// The network with the best validation score so far: averaged weights.
    public var best: RecurrentNetwork<Float> { RecurrentNetwork(shape: network.shape, weights: bestWeights) }

    /// Validation figures of `best`; nil before the end of the first epoch.
    public var bestValidation: Validation? { progress.best }

    /// Whether all epochs are done, or validation has not improved for `patience` epochs.
    public var isFinished: Bool {
        progress.epoch >= options.epochs
            || options.patience.map { progress.epochsSinceBest >= $0 } ?? false
    }

    /// Number of batches in the current epoch.
    var batchCount: Int { plan.batches.count }

    /// Steps of the whole training, if all epochs have as many as this one.
    public var stepCount: Int { plan.batches.count * options.epochs }

    /// The share of the whole training that is done, 0 ... 1.
    public var completion: Double {
        (Double(progress.epoch) + Double(progress.nextBatch) / Double(max(plan.batches.count, 1)))
            / Double(max(options.epochs, 1))
    }

    /// Takes one step, and validates at the end of an epoch. Returns nil if training is finished.
    /// - Parameter compute: on a path that `canTrain`.
    /// - Throws: `TrainingDiverged` if the gradient is not finite; the weights are then unchanged.
    public mutating func step(on compute: Compute) throws(TrainingDiverged) -> StepReport? {
        precondition(compute.path.canTrain, "the \(compute.path.rawValue) kernels are for inference")
        guard !isFinished, !plan.batches.isEmpty else { return nil }
        var report = try takeStep(plan.batches[progress.nextBatch], on: compute)
        progress.nextBatch += 1
        if progress.nextBatch == plan.batches.count { report.epoch = endEpoch(on: compute) }
        return report
    }

    private mutating func takeStep(
        _ chosen: [Int], on compute: Compute
    ) throws(TrainingDiverged) -> StepReport {
        let batch = RaggedBatch(lengths: chosen.map { task.lengths[$0] })
        let sequences = batch.order.map { chosen[$0] }
        let inputs = task.inputs(sequences, batch, using: &progress.generator)
        let masks = network.dropoutMasks(options.dropout, for: batch, using: &progress.generator)
        network.forward(batch, inputs: inputs, masks: masks, tape: &tape, on: compute)
        let loss = task.loss(tape.logits, sequences, batch, gradient: &tape.logitGradient, on: compute)
        gradient.fill(with: 0)
        network.backward(batch, tape: &tape, gradient: &gradient, on: compute)
        let rate = options.rate(step: optimiser.step, progress: completion)
        let norm = optimiser.update(&network, gradient: gradient, rate: rate, on: compute)
        guard norm.isFinite else { throw TrainingDiverged(step: optimiser.step + 1) }
        progress.lossSum += loss.mean * Double(loss.count)
        progress.lossCount += loss.count
        return StepReport(
            step: optimiser.step, rows: batch.rowCount, loss: loss.mean, gradientNorm: norm, rate: rate, epoch: nil)
    }

    private mutating func endEpoch(on compute: Compute) -> EpochReport {
        let average = RecurrentNetwork(shape: network.shape, weights: optimiser.moments.average)
        let validation = task.validate(average, on: compute)
        let isBest = progress.best.map { validation.score > $0.score } ?? true
        if isBest {
            progress.best = validation
            bestWeights = average.weights
        }
        progress.epochsSinceBest = isBest ? 0 : progress.epochsSinceBest + 1
        let report = EpochReport(
            epoch: progress.epoch + 1, loss: progress.lossSum / Double(max(progress.lossCount, 1)),
            validation: validation, isBest: isBest)
        progress.epoch += 1
        progress.nextBatch = 0
        (progress.lossSum, progress.lossCount) = (0, 0)
        progress.epochGenerator = progress.generator
        plan = Self.beginEpoch(progress.epoch, &task, options, using: &progress.generator)
        return report
    }

    private static func beginEpoch(
        _ epoch: Int, _ task: inout Task, _ options: TrainingOptions, using generator: inout SeededGenerator
    ) -> BatchPlan {
        task.beginEpoch(epoch, using: &generator)
        return BatchPlan(lengths: task.lengths, rowsPerBatch: options.rowsPerBatch, using: &generator)
    }
}

/// The progress of a training. With weights and moments it is all that a checkpoint holds.
struct TrainingProgress: Sendable, Equatable, Codable {
    /// Epochs done.
    var epoch = 0
    /// Batches done of the current epoch.
    var nextBatch = 0
    /// Sum of the epoch's loss so far, and the number of rows or symbols in it.
    var lossSum = 0.0
    var lossCount = 0
    /// Validation figures of the best epoch.
    var best: Validation?
    var epochsSinceBest = 0
    /// Its state when the epoch's plan was made.
    var epochGenerator: SeededGenerator
    /// Its state now.
    var generator: SeededGenerator

    init(generator: SeededGenerator) {
        epochGenerator = generator
        self.generator = generator
    }
}
