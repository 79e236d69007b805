import FoundationEssentials
import Strand
import StrandFormats
import StrandNetwork

/// What a training on proteins is told besides its data.
struct ProteinRunSettings: Codable, Equatable {
    var protein: ProteinTraining.Options
    var training: TrainingOptions
    var shape: NetworkShape
}

/// What a checkpoint of a training on proteins remembers beside the network's state.
private struct CheckpointNotes: Codable {
    var data: [TrainingDescription.DataFile]
    var protein: ProteinTraining.Options
}

/// A training on proteins that shows its progress, logs, and keeps checkpoints.
struct ProteinTrainingRun {
    private let data: ProteinTrainingData
    private let settings: ProteinRunSettings
    private let files: CheckpointOptions
    private var trainer: Trainer<ProteinTraining>
    private let progress = Progress()
    /// Timesteps since the start or the resumption, and the share of the work done by then.
    private var rows = 0
    private let completionAtStart: Double
    private var savedAt = 0.0

    private static let secondsBetweenCheckpoints = 600.0

    init(
        _ data: ProteinTrainingData, taught: [[Float]]?, _ settings: ProteinRunSettings, files: CheckpointOptions
    ) throws {
        self.data = data
        self.files = files
        if files.resume, let path = files.checkpoint {
            let file = try Safetensors(path: path)
            let notes = try? JSONDecoder().decode(
                CheckpointNotes.self, from: Data(Trainer<ProteinTraining>.notes(of: file).utf8))
            guard let notes, notes.data == data.descriptions else {
                throw SafetensorsError(
                    file: path, .badMetadata(key: "strand.notes", reason: "it was made from other data"))
            }
            do throws(SafetensorsError.Problem) {
                trainer = try Trainer(data.task(notes.protein, taught: taught), resuming: file)
            } catch { throw SafetensorsError(file: path, error) }
            self.settings = ProteinRunSettings(
                protein: notes.protein, training: trainer.options, shape: trainer.best.shape)
        } else {
            self.settings = settings
            trainer = Trainer(
                data.task(settings.protein, taught: taught), shape: settings.shape, options: settings.training)
        }
        completionAtStart = trainer.completion
    }

    /// Trains to the end.
    mutating func train(on compute: Compute) throws {
        Terminal.message(
            "\(grouped(settings.shape.parameterCount)) parameters, \(compute.threads) threads, \(compute.path.rawValue) kernels"
        )
        let log: LineLog? = try files.log.map { path throws(FormatError) in
            try LineLog(path: path, appending: files.resume)
        }
        while let report = try trainer.step(on: compute) {
            rows += report.rows
            progress.update(line(report))
            if let epoch = report.epoch {
                progress.clear()
                Terminal.message(line(epoch))
                try log?.write(line: entry(report, epoch))
            }
            if report.epoch != nil || progress.seconds - savedAt > Self.secondsBetweenCheckpoints { try save() }
        }
        progress.clear()
    }

    private mutating func save() throws {
        guard let path = files.checkpoint else { return }
        savedAt = progress.seconds
        let notes = try JSONEncoder().encode(CheckpointNotes(data: data.descriptions, protein: settings.protein))
        try trainer.checkpoint(notes: String(decoding: notes, as: UTF8.self)).write(to: path)
    }

    /// The trained model.
    func model(name: String) -> ProteinModel {
        var model = ProteinModel(network: trainer.best, name: name)
        model.description.training = TrainingDescription(
            data: data.descriptions, options: settings.training, protein: settings.protein)
        for (figure, value) in trainer.bestValidation?.figures ?? [:] {
            model.description.figures["\(data.validation.name) \(figure)"] = value
        }
        return model
    }

    // MARK: What is shown and logged

    private var rowsPerSecond: Double { Double(rows) / max(progress.seconds, 1e-3) }

    private var secondsLeft: Double {
        let done = trainer.completion - completionAtStart
        return done > 0 ? progress.seconds * (1 - trainer.completion) / done : 0
    }

    private func line(_ report: StepReport) -> String {
        "\(fixed(100 * trainer.completion, 1)) %  step \(grouped(report.step))  loss \(fixed(report.loss, 3))  "
            + "\(grouped(Int(rowsPerSecond))) residues/s  \(duration(secondsLeft)) left"
    }

    private func line(_ epoch: EpochReport) -> String {
        let figures = epoch.validation.figures.sorted { $0.key < $1.key }.map {
            "\($0.key) \(fixed(100 * $0.value, 2)) %"
        }
        return "epoch \(epoch.epoch) of \(settings.training.epochs): loss \(fixed(epoch.loss, 4)), validation "
            + figures.joined(separator: ", ") + (epoch.isBest ? " (best so far)" : "")
            + ", \(duration(secondsLeft)) left"
    }

    private struct LogEntry: Codable {
        var epoch: Int
        var step: Int
        var loss: Double
        var validation: [String: Double]
        var isBest: Bool
        var rate: Double
        var seconds: Double
        var residuesPerSecond: Double
    }

    private func entry(_ step: StepReport, _ epoch: EpochReport) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(
            try encoder.encode(
                LogEntry(
                    epoch: epoch.epoch, step: step.step, loss: epoch.loss, validation: epoch.validation.figures,
                    isBest: epoch.isBest, rate: step.rate, seconds: progress.seconds, residuesPerSecond: rowsPerSecond))
        )
    }
}
