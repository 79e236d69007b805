import FoundationEssentials
import StrandBytes
import StrandMetrics
import StrandNetwork

/// What a checkpoint stores besides the network's state.
private struct CheckpointNotes<Recipe: Codable>: Codable {
    var data: [DataFile]
    var recipe: Recipe
}

/// Where a long training run saves its state.
public struct TrainingFiles: Sendable {
    /// Receives the training state after every epoch and every ten minutes.
    public var checkpoint: String?
    /// Whether to resume from the checkpoint.
    public var isResuming = false
    /// Receives one JSON object per epoch.
    public var log: String?

    public init(checkpoint: String? = nil, isResuming: Bool = false, log: String? = nil) {
        self.checkpoint = checkpoint
        self.isResuming = isResuming
        self.log = log
    }
}

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

    private var secondsBetweenCheckpoints: Double { 600 }

    /// - Parameters:
    ///   - initial: the network to start from; nil: a random one of that shape.
    ///   - task: makes the task of a recipe.
    public init(
        _ data: [DataFile], recipe: Recipe, shape: NetworkShape, initial: RecurrentNetwork<Float>? = nil,
        options: TrainingOptions, files: TrainingFiles, task: (Recipe) -> Task
    ) throws {
        self.data = data
        self.files = files
        if files.isResuming, let path = files.checkpoint {
            let file = try Safetensors(path: path)
            let notes = try? JSONDecoder().decode(
                CheckpointNotes<Recipe>.self, from: Data(Trainer<Task>.notes(of: file).utf8))
            guard let notes, notes.data == data else {
                throw SafetensorsError(
                    file: path, .badMetadata(key: "strand.notes", reason: "it was made from other data"))
            }
            do throws(SafetensorsError.Problem) {
                trainer = try Trainer(task(notes.recipe), resuming: file)
            } catch { throw SafetensorsError(file: path, error) }
            self.recipe = notes.recipe
        } else {
            self.recipe = recipe
            trainer =
                initial.map { Trainer(task(recipe), from: $0, options: options) }
                ?? Trainer(task(recipe), shape: shape, options: options)
        }
        completionAtStart = trainer.completion
    }

    /// Trains to the end.
    /// - Parameter observer: told of the progress.
    public mutating func train(on compute: Compute, observer: any RunObserver) throws {
        observer.message(
            "\(grouped(trainer.best.shape.parameterCount)) parameters, \(compute.threads) threads, \(compute.path.rawValue) kernels"
        )
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
            if report.epoch != nil || stopwatch.seconds - savedAt > secondsBetweenCheckpoints { try save() }
        }
        observer.done()
    }

    private mutating func save() throws {
        guard let path = files.checkpoint else { return }
        savedAt = stopwatch.seconds
        let notes = try JSONEncoder().encode(CheckpointNotes(data: data, recipe: recipe))
        try trainer.checkpoint(notes: String(decoding: notes, as: UTF8.self)).write(to: path)
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
