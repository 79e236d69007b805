import ArgumentParser
import Strand

/// Training options shared by every kind of sequence.
struct TrainingArguments: ParsableArguments {
    static let defaults = TrainingOptions.proteins

    @Option(help: ArgumentHelp("Units of one direction of one layer. (default: 256)", valueName: "n"))
    var hidden: Int?

    @Option(help: ArgumentHelp("Layers. (default: 2)", valueName: "n"))
    var layers: Int?

    @Option(help: ArgumentHelp("What a unit is: \(allCells). (default: lstm)", valueName: "cell"))
    var cell: RecurrentCell?

    @Flag(help: "Read forward only: nothing is known of what follows.")
    var unidirectional = false

    @Option(
        help: ArgumentHelp(
            "Timesteps over which the gates should remember from the start, where it is known (default: forget gates begin with a bias of 1).",
            valueName: "n"))
    var longestLag: Int?

    @Option(
        help: ArgumentHelp("Epochs: passes through the training data. (default: \(defaults.epochs))", valueName: "n"))
    var epochs: Int?

    @Option(help: ArgumentHelp("Largest learning rate. (default: \(defaults.rate))", valueName: "x"))
    var rate: Double?

    @Option(
        help: ArgumentHelp(
            "Steps over which the rate rises (default: \(defaults.warmupSteps), but at most a tenth of all).",
            valueName: "n"))
    var warmup: Int?

    @Option(help: ArgumentHelp("Timesteps in a batch. (default: \(defaults.rowsPerBatch))", valueName: "n"))
    var batchRows: Int?

    @Option(
        help: ArgumentHelp(
            "Probability that a unit is dropped, for a whole sequence. (default: \(defaults.dropout))", valueName: "p"))
    var dropout: Double?

    @Option(help: ArgumentHelp("Decoupled weight decay. (default: \(defaults.optimiser.weightDecay))", valueName: "x"))
    var weightDecay: Double?

    @Option(
        help: ArgumentHelp(
            "Decay of the weights' moving average, which is what is kept. (default: \(defaults.optimiser.averageDecay))",
            valueName: "p"))
    var average: Double?

    @Option(
        help: ArgumentHelp(
            "Stop after this many epochs without a better validation score (default: never).", valueName: "n"))
    var patience: Int?

    @Option(
        help: ArgumentHelp(
            "Seed of all randomness: equal seeds, options and data give equal models. (default: \(defaults.seed))",
            valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        try require("--hidden", hidden, "1 to 4096") { (1...4096).contains($0) }
        try require("--layers", layers, "1 to 16") { (1...16).contains($0) }
        try require("--longest-lag", longestLag, "2 to 1000000") { (2...1_000_000).contains($0) }
        try require("--epochs", epochs, "1 or more") { $0 >= 1 }
        try require("--rate", rate, "a number above 0") { $0 > 0 && $0.isFinite }
        try require("--warmup", warmup, "0 or more") { $0 >= 0 }
        try require("--batch-rows", batchRows, "1 or more") { $0 >= 1 }
        try require("--dropout", dropout, "0 to below 1") { (0..<1).contains($0) }
        try require("--weight-decay", weightDecay, "0 or more") { $0 >= 0 && $0.isFinite }
        try require("--average", average, "0 to below 1") { (0..<1).contains($0) }
        try require("--patience", patience, "1 or more") { $0 >= 1 }
    }

    private func require<Value>(
        _ name: String, _ value: Value?, _ range: String, isMet: (Value) -> Bool
    ) throws {
        if let value, !isMet(value) { throw ValidationError("\(name) \(value): give \(range)") }
    }

    /// Whether an option says what the network is made of.
    var namesShape: Bool { hidden != nil || layers != nil || cell != nil || unidirectional || longestLag != nil }

    /// The network to train.
    func shape(inputs: Int, labels: Int) -> NetworkShape {
        NetworkShape(
            cell: cell ?? .lstm, isBidirectional: !unidirectional, inputs: inputs, hidden: hidden ?? 256,
            layers: layers ?? 2, labels: labels)
    }

    /// A recipe with the requested changes.
    func options(_ recipe: TrainingOptions) -> TrainingOptions {
        var options = recipe
        options.epochs = epochs ?? Self.defaults.epochs
        options.rate = rate ?? Self.defaults.rate
        options.warmupSteps = warmup ?? Self.defaults.warmupSteps
        if warmup != nil { options.warmupShare = nil }
        options.rowsPerBatch = batchRows ?? Self.defaults.rowsPerBatch
        options.dropout = dropout ?? Self.defaults.dropout
        options.optimiser.weightDecay = weightDecay ?? Self.defaults.optimiser.weightDecay
        options.optimiser.averageDecay = average ?? Self.defaults.optimiser.averageDecay
        options.patience = patience
        options.longestLag = longestLag
        options.seed = seed ?? Self.defaults.seed
        return options
    }

    /// The options that say something else than the state of a training.
    func contradictions(to state: TrainingState) -> [String?] {
        let (shape, kept) = (state.shape, state.options)
        return [
            contradiction("--hidden", hidden, shape.hidden),
            contradiction("--layers", layers, shape.layers),
            contradiction("--cell", cell?.rawValue, shape.cell.rawValue),
            unidirectional && shape.isBidirectional ? "--unidirectional (it reads both ways)" : nil,
            contradiction("--longest-lag", longestLag, kept.longestLag),
            contradiction("--epochs", epochs, kept.epochs),
            contradiction("--rate", rate, kept.rate),
            contradiction("--warmup", warmup, kept.warmupSteps),
            contradiction("--batch-rows", batchRows, kept.rowsPerBatch),
            contradiction("--dropout", dropout, kept.dropout),
            contradiction("--weight-decay", weightDecay, kept.optimiser.weightDecay),
            contradiction("--average", average, kept.optimiser.averageDecay),
            contradiction("--patience", patience, kept.patience),
            contradiction("--seed", seed, kept.seed),
        ]
    }
}

/// An option that was given and is not what a checkpoint has; nil: they agree.
func contradiction<Value: Equatable>(_ name: String, _ given: Value?, _ kept: Value?) -> String? {
    guard let given, given != kept else { return nil }
    return "\(name) \(given) (it has \(kept.map { "\($0)" } ?? "none"))"
}

extension RecurrentCell: ExpressibleByArgument {}

/// "lstm, ... or rnn"
private let allCells = {
    let names = RecurrentCell.allCases.map(\.rawValue)
    return "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
}()
