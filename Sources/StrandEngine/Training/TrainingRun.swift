import FoundationEssentials
import StrandBytes
import StrandMetrics
import StrandNetwork

/// A training run that shows progress, logs, and saves checkpoints. `Recipe` says how the data become a task.
public struct TrainingRun<Task: TrainingTask, Recipe: Sendable & Equatable & Codable> {
    /// The training files.
    private let data: [DataFile]
    /// The recipe in use: the given one, or the checkpoint's.
    public let recipe: Recipe
    private let files: TrainingFiles
    public private(set) var trainer: Trainer<Task>
    private let stopwatch = Stopwatch()
    /// Timesteps since the start or resumption, and the fraction of the work done by then.
    private var rows = 0
    private let completionAtStart: Double
    private var savedAt = 0.0
    /// What to say at the start.
    private var notes: [String] = []

    private var secondsBetweenCheckpoints: Double { 600 }

    /// - Parameters:
    ///   - initial: the network to start from; nil: a random one of that shape.
    ///   - checkpoint: the state to resume, with its recipe, shape and options; nil: a new training.
    ///   - task: makes the task of a recipe.
    /// - Throws: `SafetensorsError` for a checkpoint made from other data, or what `task` throws.
    public init(
        _ data: [DataFile], recipe: Recipe, shape: NetworkShape, initial: RecurrentNetwork<Float>? = nil,
        options: TrainingOptions, files: TrainingFiles, resuming checkpoint: TrainingCheckpoint<Recipe>?,
        task: (Recipe) throws -> Task
    ) throws {
        self.data = data
        self.files = files
        self.recipe = checkpoint?.recipe ?? recipe
        if let checkpoint {
            trainer = try checkpoint.trainer(task(checkpoint.recipe), data)
        } else {
            let task = try task(recipe)
            trainer =
                initial.map { Trainer(task, from: $0, options: options) }
                ?? Trainer(task, shape: shape, options: options)
            let warmup = (asked: options.warmupSteps, taken: trainer.options.warmupSteps)
            if warmup.taken < warmup.asked {
                notes.append(
                    "the rate rises over \(counted(warmup.taken, "step")), not \(grouped(warmup.asked)): "
                        + "this training has \(grouped(trainer.stepCount))")
            }
        }
        completionAtStart = trainer.completion
    }

    /// Trains to the end.
    /// - Parameters:
    ///   - observer: told of the progress.
    ///   - stop: ends the training after a step, with a checkpoint.
    /// - Throws: `TrainingDiverged`, `Interrupted` if `stop` was raised, or an error of a file that cannot be written.
    public mutating func train(on compute: Compute, observer: any RunObserver, stop: StopFlag = StopFlag()) throws {
        observer.message(
            "\(counted(trainer.best.shape.parameterCount, "parameter")), \(counted(compute.threads, "thread")), "
                + "\(compute.path.rawValue) kernels"
        )
        notes.forEach(observer.message)
        if let warning = trainer.warmupWarning { observer.message(warning) }
        let log: LineLog? = try files.log.map { path throws(FormatError) in
            try LineLog(path: path, appending: files.isResuming)
        }
        while let report = try trainer.step(on: compute) {
            rows += report.rows
            observer.progress(line(report))
            if let epoch = report.epoch {
                observer.message(line(epoch))
                try log?.write(line: entry(report, epoch))
            }
            if let reason = stop.raised { throw try interruption(reason, after: report, observer) }
            if report.epoch != nil || stopwatch.seconds - savedAt > secondsBetweenCheckpoints { try save() }
        }
        observer.done()
    }

    private mutating func interruption(
        _ reason: Int32, after report: StepReport, _ observer: any RunObserver
    ) throws -> Interrupted {
        try save()
        observer.done()
        let place =
            "stopped after step \(grouped(report.step)), \(fixed(100 * trainer.completion, 1)) % of the training"
        return Interrupted(
            reason: reason,
            description: place
                + (files.checkpoint.map { "; \($0) keeps its state" } ?? "; no checkpoint keeps its state"),
            isResumable: files.checkpoint != nil)
    }

    private mutating func save() throws {
        guard let path = files.checkpoint else { return }
        savedAt = stopwatch.seconds
        try TrainingCheckpoint.file(of: trainer, data, recipe).write(to: path)
    }

    /// The description of the training for the model file.
    public var description: TrainingDescription<Recipe> {
        TrainingDescription(data: data, options: trainer.options, recipe: recipe)
    }

    // MARK: Progress and log

    private var rowsPerSecond: Double { Double(rows) / max(stopwatch.seconds, 1e-3) }

    private var secondsLeft: Double {
        let done = trainer.completion - completionAtStart
        return done > 0 ? stopwatch.seconds * (1 - trainer.completion) / done : 0
    }

    private func line(_ report: StepReport) -> String {
        "\(fixed(100 * trainer.completion, 1)) %  step \(grouped(report.step))  loss \(fixed(report.loss, 3))  "
            + "\(grouped(Int(rowsPerSecond))) steps/s  \(duration(secondsLeft)) left"
    }

    private func line(_ epoch: EpochReport) -> String {
        let figures = epoch.validation.figures.sorted { $0.key < $1.key }.map {
            "\($0.key) \(fixed(100 * $0.value, 2)) %"
        }
        return "epoch \(epoch.epoch) of \(trainer.options.epochs): loss \(fixed(epoch.loss, 4)), validation "
            + figures.joined(separator: ", ") + (epoch.isBest ? " (best so far)" : "")
            + ", \(duration(secondsLeft)) left"
    }

    private func entry(_ step: StepReport, _ epoch: EpochReport) throws -> [UInt8] {
        try EpochEntry(
            epoch: epoch.epoch, step: step.step, loss: epoch.loss, validation: epoch.validation.figures,
            isBest: epoch.isBest, rate: step.rate, seconds: stopwatch.seconds, stepsPerSecond: rowsPerSecond
        ).line
    }
}

extension Trainer {
    /// A training so short that it ends before the rate is at its largest; nil: it is longer.
    fileprivate var warmupWarning: String? {
        let steps = stepCount
        guard steps <= options.warmupSteps else { return nil }
        return "warning: the rate rises over \(counted(options.warmupSteps, "step")) and this training has "
            + "\(grouped(steps)): it ends before the rate is \(options.rate)"
    }
}
