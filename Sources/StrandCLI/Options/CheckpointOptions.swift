import ArgumentParser
import Strand

/// Where a long training run saves its state.
struct CheckpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep the state of the training here: after every epoch and every ten minutes.", valueName: "file"),
        completion: .file())
    var checkpoint: String?

    @Flag(help: "Go on from the checkpoint, bit for bit as if never interrupted. Options come from the checkpoint.")
    var resume = false

    @Option(help: ArgumentHelp("Write a JSON object an epoch to this file.", valueName: "file"), completion: .file())
    var log: String?

    var files: TrainingFiles { TrainingFiles(checkpoint: checkpoint, isResuming: resume, log: log) }

    func validate() throws {
        if resume && checkpoint == nil { throw ValidationError("--resume needs --checkpoint") }
    }
}
