import StrandEngine
import StrandInk
import StrandMetrics
import StrandNetwork

/// A long-lag task for the trainer: new sequences in every epoch.
struct LongLagTraining: TrainingTask {
    let task: LongLagTask
    let lag: Int
    private var sequences: [LongLagTask.Sequence] = []
    /// Sequences that judge the network after an epoch: never trained on.
    private let held: [LongLagTask.Sequence]

    /// The number of consecutive sequences that must be right.
    static let sequencesToBeRight = 2000
    /// The first of these to be tested: one wrong answer among them saves testing the rest.
    private static let glance = 100
    /// Strings to train on, and as many to test with.
    private static let strings = 256
    /// The figure that decides whether a task is solved.
    private static let solved = "solved"

    init(_ task: LongLagTask, lag: Int, seed: UInt64) {
        self.task = task
        self.lag = lag
        var generator = SeededGenerator(seed: seed)
        let count = task.hasLag ? Self.sequencesToBeRight : Self.strings
        held = (0..<count).map { _ in task.sequence(lag: lag, using: &generator) }
    }

    /// Strings of the Reber grammar are a fixed set, as in the original; the other tasks never repeat a sequence.
    static func sequencesPerEpoch(of task: LongLagTask) -> Int { task.hasLag ? 1000 : strings }

    var lengths: [Int] { sequences.map { $0.inputs.count / task.inputCount } }

    mutating func beginEpoch(_ epoch: Int, using generator: inout SeededGenerator) {
        if !task.hasLag && !sequences.isEmpty { return }
        sequences = (0..<Self.sequencesPerEpoch(of: task)).map { _ in task.sequence(lag: lag, using: &generator) }
    }

    func inputs(
        _ chosen: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        LongLagBatch(sorted: chosen.map { sequences[$0] }, batch, of: task).inputs
    }

    func loss(
        _ logits: Matrix<Float>, _ chosen: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        let batch = LongLagBatch(sorted: chosen.map { sequences[$0] }, batch, of: task)
        return task.isRegression
            ? SquaredError()(logits, targets: batch.numbers, gradient: &gradient)
            : CrossEntropy()(logits, labels: task.outputCount, targets: batch.labels, gradient: &gradient, on: compute)
    }

    func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation {
        let glance = Self.judge(network, held.prefix(Self.glance), task, on: compute)
        let judgement =
            glance.wrong > task.mostWrong ? glance : Self.judge(network, held[...], task, on: compute)
        let isSolved = judgement.wrong <= task.mostWrong
        // The network that solves the task is the best, however few sequences were tested before.
        let wrong = Double(judgement.wrong) / Double(judgement.sequences)
        return Validation(
            score: isSolved ? 1 : -wrong - judgement.meanError,
            figures: ["error": judgement.meanError, Self.solved: isSolved ? 1 : 0])
    }

    static func isSolved(_ validation: Validation) -> Bool { validation.figures[solved] == 1 }

    /// How well a network did on some sequences.
    struct Judgement: Sendable {
        var sequences: Int
        /// Sequences with a wrong answer: a number off by 0.04 or more; the probability of a label off by
        /// 0.3 or more; in a Reber string an illegal symbol more probable than a legal one.
        var wrong: Int
        /// Mean squared error of numbers; share of sequences with the wrong label most probable.
        var meanError: Double
    }

    static func judge(
        _ network: RecurrentNetwork<Float>, _ sequences: some Collection<LongLagTask.Sequence>, _ task: LongLagTask,
        on compute: Compute
    ) -> Judgement {
        var judgement = Judgement(sequences: sequences.count, wrong: 0, meanError: 0)
        let all = Array(sequences)
        for start in stride(from: 0, to: all.count, by: glance) {
            let batch = LongLagBatch(Array(all[start..<min(start + glance, all.count)]), of: task)
            let outputs =
                task.isRegression
                ? network.logits(batch.rows, inputs: batch.inputs, on: compute)
                : network.probabilities(batch.rows, inputs: batch.inputs, on: compute)
            for (index, sequence) in batch.sequences.enumerated() {
                let verdict = verdict(
                    sequence.target, outputs, rows: batch.rows(of: index), labels: task.outputCount)
                judgement.wrong += verdict.isRight ? 0 : 1
                judgement.meanError += verdict.error
            }
        }
        judgement.meanError /= Double(all.count)
        return judgement
    }

    private static func verdict(
        _ target: LongLagTask.Sequence.Target, _ outputs: Matrix<Float>, rows: [Int], labels: Int
    ) -> (isRight: Bool, error: Double) {
        switch target {
        case .number(let number):
            let error = Double(abs(outputs[rows[rows.count - 1], 0] - number))
            return (error < 0.04, error * error)
        case .label(let label):
            let row = (0..<labels).map { outputs[rows[rows.count - 1], $0] }
            let isRight = row.indices.allSatisfy { abs(row[$0] - ($0 == label ? 1 : 0)) < 0.3 }
            return (isRight, row.max() == row[label] ? 0 : 1)
        case .labels(_, let legal):
            let isRight = zip(rows, legal).allSatisfy { row, legal in
                let (right, wrong) = (0..<labels).reduce(into: (Float(1), Float(0))) { bounds, label in
                    let probability = outputs[row, label]
                    if legal >> UInt32(label) & 1 == 1 {
                        bounds.0 = min(bounds.0, probability)
                    } else {
                        bounds.1 = max(bounds.1, probability)
                    }
                }
                return right > wrong
            }
            return (isRight, isRight ? 0 : 1)
        }
    }
}
