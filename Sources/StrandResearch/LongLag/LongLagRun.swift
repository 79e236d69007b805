import StrandNetwork

/// A network compared on the long-lag tasks: one layer, forward only.
public struct LongLagNetwork: Sendable, Codable, Hashable {
    public var cell: RecurrentCell
    /// H.
    public var hidden: Int
    /// Whether its gates start open for the task's lag (`TrainingOptions.longestLag`) rather than as for any other
    /// data.
    public var beginsOpen: Bool

    /// All networks, with about 1,000 weights each.
    public static let all =
        compared
        + RecurrentCell.allCases.filter { cell in !compared.contains { $0.cell == cell } }.flatMap { cell in
            [false, true].map { LongLagNetwork(cell: cell, hidden: 16, beginsOpen: $0) }
        }

    /// The networks compared by default.
    public static let compared = [
        LongLagNetwork(cell: .rnn, hidden: 32, beginsOpen: false),
        LongLagNetwork(cell: .gru, hidden: 16, beginsOpen: false),
        LongLagNetwork(cell: .lstm, hidden: 16, beginsOpen: false),
        LongLagNetwork(cell: .gru, hidden: 16, beginsOpen: true),
        LongLagNetwork(cell: .lstm, hidden: 16, beginsOpen: true),
    ]

    /// The name in tables and plots.
    public var title: String { cell.title + (beginsOpen ? ", gates open" : "") }
}

/// One network trained on one task.
public struct LongLagRun: Sendable, Codable, Equatable {
    public var task: LongLagTask
    /// Shortest length of a sequence; nil: the task has its own.
    public var lag: Int?
    public var network: LongLagNetwork
    public var seed: UInt64

    public init(task: LongLagTask, lag: Int?, network: LongLagNetwork, seed: UInt64) {
        self.task = task
        self.lag = task.hasLag ? lag : nil
        self.network = network
        self.seed = seed
    }

    /// The result of a run.
    public struct Outcome: Sendable, Codable, Equatable {
        /// Whether 2,000 sequences never trained on were right, one after another (multiplication: all but 13;
        /// Reber: 256 strings).
        public var isSolved: Bool
        /// Sequences trained on, until solved or in total.
        public var sequences: Int
        /// Wrong sequences among `testSequences` new ones.
        public var testWrong: Int
        public var testSequences: Int
        /// On these, the mean squared error (adding, multiplication) or the share of wrong labels (of wrong strings).
        public var testError: Double
        /// Whether training stopped because the gradient was not finite.
        public var diverged: Bool
    }

    /// Maximum number of timesteps a gate may have to remember.
    private var longestLag: Int { lag ?? 10 }

    /// Seeds of training and test data: no two runs share a sequence.
    private enum Seeds {
        static let (held, test): (UInt64, UInt64) = (1 << 32, 2 << 32)
    }

    private func options(mostSequences: Int) -> TrainingOptions {
        var options = TrainingOptions()
        options.epochs = max(1, mostSequences / LongLagTraining.sequencesPerEpoch(of: task))
        options.rowsPerBatch = (task.hasLag ? 32 : 8) * (longestLag + longestLag / 10)
        options.rate = 0.01
        options.warmupSteps = 20
        options.dropout = 0
        options.seed = seed
        options.longestLag = network.beginsOpen ? longestLag : nil
        options.optimiser.weightDecay = 0
        options.optimiser.averageDecay = 0.99
        options.optimiser.inputRateFactor = 1
        return options
    }

    /// Trains until the task is solved or `mostSequences` have been seen.
    public func outcome(mostSequences: Int, on compute: Compute) -> Outcome {
        trained(mostSequences: mostSequences, on: compute).outcome
    }

    /// The same, and returns the network too.
    func trained(mostSequences: Int, on compute: Compute) -> (outcome: Outcome, network: RecurrentNetwork<Float>) {
        let training = LongLagTraining(task, lag: longestLag, seed: seed + Seeds.held)
        var trainer = Trainer(training, shape: shape, options: options(mostSequences: mostSequences))
        var (epochs, isSolved, diverged) = (0, false, false)
        do {
            while !isSolved, let report = try trainer.step(on: compute) {
                guard let epoch = report.epoch else { continue }
                epochs = epoch.epoch
                isSolved = LongLagTraining.isSolved(epoch.validation)
            }
        } catch { diverged = true }
        var generator = SeededGenerator(seed: seed + Seeds.test)
        let test = (0..<(task.hasLag ? 2560 : 256)).map { _ in task.sequence(lag: longestLag, using: &generator) }
        let judgement = LongLagTraining.judge(trainer.best, test, task, on: compute)
        let outcome = Outcome(
            isSolved: isSolved, sequences: epochs * LongLagTraining.sequencesPerEpoch(of: task),
            testWrong: judgement.wrong, testSequences: judgement.sequences, testError: judgement.meanError,
            diverged: diverged)
        return (outcome, trainer.best)
    }

    /// The network before training.
    var untrained: RecurrentNetwork<Float> {
        var generator = SeededGenerator(seed: seed)
        return RecurrentNetwork(shape: shape, longestLag: network.beginsOpen ? longestLag : nil, using: &generator)
    }

    private var shape: NetworkShape {
        NetworkShape(
            cell: network.cell, isBidirectional: false, inputs: task.inputCount, hidden: network.hidden, layers: 1,
            labels: task.outputCount)
    }
}
