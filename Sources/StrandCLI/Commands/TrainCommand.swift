import ArgumentParser

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Trains a model on labelled sequences.",
        subcommands: [TrainProteinCommand.self, TrainInkCommand.self, TrainTextCommand.self])
}
