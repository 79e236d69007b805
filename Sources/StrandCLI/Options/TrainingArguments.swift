import ArgumentParser
import StrandNetwork

/// Options of training that every kind of sequence shares.
struct TrainingArguments: ParsableArguments {
    static let defaults = TrainingOptions()

    @Option(help: "Units of one direction of one layer.")
    var hidden = 256

    @Option(help: "Bidirectional layers.")
    var layers = 2

    @Option(help: "Times the training data is gone through.")
    var epochs = defaults.epochs

    @Option(help: "Largest learning rate.")
    var rate = defaults.rate

    @Option(help: "Steps over which the rate rises.")
    var warmup = defaults.warmupSteps

    @Option(help: "Timesteps in a batch.")
    var batchRows = defaults.rowsPerBatch

    @Option(help: "Probability that a unit is dropped, for a whole sequence.")
    var dropout = defaults.dropout

    @Option(help: "Decoupled weight decay.")
    var weightDecay = defaults.optimiser.weightDecay

    @Option(help: "Decay of the weights' moving average, which is what is kept.")
    var average = defaults.optimiser.averageDecay

    @Option(help: "Stop after this many epochs without a better validation score (default: never).")
    var patience: Int?

    @Option(help: "Seed of all randomness: equal seeds, options and data give equal models.")
    var seed = defaults.seed

    func validate() throws {
        try require((1...4096).contains(hidden), "--hidden \(hidden): give 1 to 4096")
        try require((1...16).contains(layers), "--layers \(layers): give 1 to 16")
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

    var options: TrainingOptions {
        var options = Self.defaults
        options.epochs = epochs
        options.rate = rate
        options.warmupSteps = warmup
        options.rowsPerBatch = batchRows
        options.dropout = dropout
        options.optimiser.weightDecay = weightDecay
        options.optimiser.averageDecay = average
        options.patience = patience
        options.seed = seed
        return options
    }
}
