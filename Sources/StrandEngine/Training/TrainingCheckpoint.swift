import FoundationEssentials
import StrandBytes
import StrandNetwork

/// Where a long training run saves its state.
public struct TrainingFiles: Sendable {
    /// Receives the training state after every epoch, every ten minutes, and when the run is stopped.
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

    /// Checks that a new training replaces neither a checkpoint nor a log.
    /// - Throws: `unfinishedTraining` or `foreignFile`.
    public func check() throws(FormatError) {
        if isResuming { return }
        try Self.check(checkpoint) { path in (try? TrainingState(Safetensors(path: path)))?.epoch }
        try Self.check(log) { path in (try? TrainingLog(path: path))?.epochs.count }
    }

    /// - Parameter epochs: those in a file that a training wrote; nil: it did not.
    private static func check(_ path: String?, epochs: (String) -> Int?) throws(FormatError) {
        // Only a regular file has something to lose.
        guard let path, FileState.size(of: .file(path)) ?? 0 > 0 else { return }
        let problem: RunProblem =
            epochs(path).map { .unfinishedTraining(epochs: $0) } ?? .foreignFile(not: "of a training")
        throw FormatError(file: path, problem: .run(problem))
    }
}

/// A checkpoint of a training run: the state of the network and its optimiser, what it is trained on and how.
public struct TrainingCheckpoint<Recipe: Sendable & Equatable & Codable>: Sendable {
    /// What it stores besides the network's state.
    private struct Notes: Codable {
        var data: [DataFile]
        var recipe: Recipe
    }

    private let path: String
    private let file: Safetensors
    private let data: [DataFile]
    /// How the data become a task.
    public let recipe: Recipe
    /// Sizes of the network, and how it is trained.
    public let state: TrainingState

    /// Reads a checkpoint.
    /// - Throws: `SafetensorsError` for a file that cannot be read or is none of a training with such a recipe.
    public init(path: String) throws(SafetensorsError) {
        self.path = path
        file = try Safetensors(path: path)
        do throws(SafetensorsError.Problem) { state = try TrainingState(file) } catch {
            throw SafetensorsError(file: path, error)
        }
        guard let notes = try? JSONDecoder().decode(Notes.self, from: Data(file.trainingNotes.utf8)) else {
            throw SafetensorsError(
                file: path, .badMetadata(key: "strand.notes", reason: "it is of another kind of training"))
        }
        (data, recipe) = (notes.data, notes.recipe)
    }

    /// The trainer in this state.
    /// - Throws: `badMetadata` for other data.
    func trainer<Task>(_ task: Task, _ data: [DataFile]) throws(SafetensorsError) -> Trainer<Task> {
        guard data == self.data else {
            throw SafetensorsError(
                file: path, .badMetadata(key: "strand.notes", reason: "it was made from other data"))
        }
        do throws(SafetensorsError.Problem) { return try Trainer(task, resuming: file) } catch {
            throw SafetensorsError(file: path, error)
        }
    }

    /// The checkpoint of a trainer.
    static func file<Task>(of trainer: Trainer<Task>, _ data: [DataFile], _ recipe: Recipe) throws -> Safetensors {
        let notes = try JSONEncoder().encode(Notes(data: data, recipe: recipe))
        return trainer.checkpoint(notes: String(decoding: notes, as: UTF8.self))
    }
}
