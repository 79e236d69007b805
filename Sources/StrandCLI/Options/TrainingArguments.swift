import ArgumentParser
import Strand

/// Training options shared by every kind of sequence.
struct TrainingArguments: ParsableArguments {
    static let defaults = TrainingOptions.proteins

    @Option(help: ArgumentHelp("Units of one direction of one layer.", valueName: "n"))
    var hidden = 256

    @Option(help: ArgumentHelp("Layers.", valueName: "n"))
    var layers = 2

    @Option(help: ArgumentHelp("What a unit is: \(allCells).", valueName: "cell"))
    var cell = RecurrentCell.lstm

    @Flag(help: "Read forward only: nothing is known of what follows.")
    var unidirectional = false

    @Option(
        help: ArgumentHelp(
            "Timesteps over which the gates should remember from the start, where it is known (default: forget gates begin with a bias of 1).",
            valueName: "n"))
    var longestLag: Int?

    @Option(help: ArgumentHelp("Epochs: passes through the training data.", valueName: "n"))
    var epochs = defaults.epochs

    @Option(help: ArgumentHelp("Largest learning rate.", valueName: "x"))
    var rate = defaults.rate

    @Option(help: ArgumentHelp("Steps over which the rate rises.", valueName: "n"))
    var warmup = defaults.warmupSteps

    @Option(help: ArgumentHelp("Timesteps in a batch.", valueName: "n"))
    var batchRows = defaults.rowsPerBatch

    @Option(help: ArgumentHelp("Probability that a unit is dropped, for a whole sequence.", valueName: "p"))
    var dropout = defaults.dropout

    @Option(help: ArgumentHelp("Decoupled weight decay.", valueName: "x"))
    var weightDecay = defaults.optimiser.weightDecay

    @Option(help: ArgumentHelp("Decay of the weights' moving average, which is what is kept.", valueName: "p"))
    var average = defaults.optimiser.averageDecay

    @Option(
        help: ArgumentHelp(
            "Stop after this many epochs without a better validation score (default: never).", valueName: "n"))
    var patience: Int?

    @Option(
        help: ArgumentHelp("Seed of all randomness: equal seeds, options and data give equal models.", valueName: "n"))
    var seed = defaults.seed

    func validate() throws {
        try require((1...4096).contains(hidden), "--hidden \(hidden): give 1 to 4096")
        try require((1...16).contains(layers), "--layers \(layers): give 1 to 16")
        try require((2...1_000_000).contains(longestLag ?? 2), "--longest-lag \(longestLag ?? 0): give 2 to 1000000")
        try require(epochs >= 1, "--epochs \(epochs): give 1 or more")
        try require(rate > 0 && rate.isFinite, "--rate \(rate): give a number above 0")
        try require(warmup >= 0, "--warmup \(warmup): give 0 or more")
        try require(batchRows >= 1, "--batch-rows \(batchRows): give 1 or more")
        try require((0..<1).contains(dropout), "--dropout \(dropout): give 0 to below 1")
        try require(weightDecay >= 0 && weightDecay.isFinite, "--weight-decay \(weightDecay): give 0 or more")
        try require((0..<1).contains(average), "--average \(average): give 0 to below 1")
        try require(patience ?? 1 >= 1, "--patience \(patience ?? 0): give 1 or more")
    }

    private func require(_ condition: Bool, _ message: String) throws {
        if !condition { throw ValidationError(message) }
    }

    /// The network to train.
    func shape(inputs: Int, labels: Int) -> NetworkShape {
        NetworkShape(
            cell: cell, isBidirectional: !unidirectional, inputs: inputs, hidden: hidden, layers: layers,
            labels: labels)
    }

    /// A recipe with the requested changes.
    func options(_ recipe: TrainingOptions) -> TrainingOptions {
        var options = recipe
        options.epochs = epochs
        options.rate = rate
        options.warmupSteps = warmup
        options.rowsPerBatch = batchRows
        options.dropout = dropout
        options.optimiser.weightDecay = weightDecay
        options.optimiser.averageDecay = average
        options.patience = patience
        options.longestLag = longestLag
        options.seed = seed
        return options
    }
}

extension RecurrentCell: ExpressibleByArgument {}

/// "lstm, ... or rnn"
private let allCells = {
    let names = RecurrentCell.allCases.map(\.rawValue)
    return "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
}()
