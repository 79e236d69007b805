import ArgumentParser
import Strand

/// Where a long training run saves its state.
struct CheckpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep the state of the training here: after every epoch and every ten minutes.", valueName: "file"),
        completion: .file())
    var checkpoint: String?

    @Flag(
        help:
            "Go on from the checkpoint, bit for bit as if never interrupted. Options come from the checkpoint; one that contradicts it is an error."
    )
    var resume = false

    @Option(help: ArgumentHelp("Write a JSON object an epoch to this file.", valueName: "file"), completion: .file())
    var log: String?

    /// The checkpoint to resume; nil for a new training, which must not replace what another left.
    /// - Parameters:
    ///   - inputs: the files that are read.
    ///   - model: where the model goes.
    ///   - contradictions: the options that say something else than the checkpoint.
    func open<Recipe>(
        reading inputs: [String], writing model: String, contradictions: (TrainingCheckpoint<Recipe>) -> [String?]
    ) throws -> TrainingCheckpoint<Recipe>? {
        try RunFiles.check(
            reading: inputs, writing: [(model, "model"), (checkpoint, "checkpoint"), (log, "log")])
        try files.check()
        guard resume, let checkpoint else { return nil }
        let kept = try TrainingCheckpoint<Recipe>(path: checkpoint)
        let found = contradictions(kept).compactMap { $0 }
        if !found.isEmpty {
            throw ValidationError(
                "'--resume': \(checkpoint) was made with other options: \(found.joined(separator: ", ")); leave them out"
            )
        }
        return kept
    }

    var files: TrainingFiles { TrainingFiles(checkpoint: checkpoint, isResuming: resume, log: log) }

    func validate() throws {
        if resume && checkpoint == nil { throw ValidationError("--resume needs --checkpoint") }
    }
}
