@testable import StrandNetwork

/// Sequences of random bits. The label of a timestep is the bit three steps later (0 after the end) and, twice that, the
/// bit two steps before (0 before the start): neither direction alone can know it.
struct EchoTask: TrainingTask {
    let sequences: [[Int]]
    let validation: [[Int]]
    /// Scores to report instead of the accuracy, by epoch; none: the accuracy.
    var score: (@Sendable (RecurrentNetwork<Float>) -> Double)?

    /// What the gradient is multiplied by.
    var gradientFactor: Float = 1

    static let shape = NetworkShape(inputs: 2, hidden: 12, layers: 1, labels: 4)

    init(sequences count: Int, seed: UInt64 = 1) {
        var generator = SeededGenerator(seed: seed)
        func draw(_ count: Int) -> [[Int]] {
            (0..<count).map { _ in
                (0..<Int.random(in: 1...24, using: &generator)).map { _ in Int.random(in: 0...1, using: &generator) }
            }
        }
        sequences = draw(count)
        validation = draw(40)
    }

    var lengths: [Int] { sequences.map(\.count) }

    private static func labels(of bits: [Int]) -> [Int] {
        bits.indices.map { ($0 + 3 < bits.count ? bits[$0 + 3] : 0) + 2 * ($0 >= 2 ? bits[$0 - 2] : 0) }
    }

    private static func inputs(of sequences: [[Int]], _ batch: RaggedBatch) -> Matrix<Float> {
        var inputs = Matrix<Float>(rows: batch.rowCount, columns: 2)
        for (index, bits) in sequences.enumerated() {
            for (step, bit) in bits.enumerated() { inputs[batch.row(sequence: index, step: step), bit] = 1 }
        }
        return inputs
    }

    /// One step in 64 is masked, so that the generator is drawn from.
    func inputs(
        _ chosen: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        var inputs = Self.inputs(of: chosen.map { sequences[$0] }, batch)
        for row in 0..<batch.rowCount where generator.next() % 64 == 0 { inputs[row, 0] = 0 }
        return inputs
    }

    func loss(
        _ logits: Matrix<Float>, _ chosen: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        var targets = [UInt32](repeating: 0, count: batch.rowCount)
        for (index, sequence) in chosen.enumerated() {
            for (step, label) in Self.labels(of: sequences[sequence]).enumerated() {
                targets[batch.row(sequence: index, step: step)] = 1 << UInt32(label)
            }
        }
        let loss = CrossEntropy()(logits, labels: 4, targets: targets, gradient: &gradient, on: compute)
        if gradientFactor != 1 { gradient[0, 0] *= gradientFactor }
        return loss
    }

    func accuracy(of network: RecurrentNetwork<Float>, on compute: Compute) -> Double {
        let results = network.probabilities(lengths: validation.map(\.count), on: compute) { chosen, batch in
            Self.inputs(of: chosen.map { validation[$0] }, batch)
        }
        var (right, all) = (0, 0)
        for (bits, probabilities) in zip(validation, results) {
            for (step, label) in Self.labels(of: bits).enumerated() {
                all += 1
                right += (0..<4).allSatisfy { probabilities[step, $0] <= probabilities[step, label] } ? 1 : 0
            }
        }
        return Double(right) / Double(all)
    }

    func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation {
        let accuracy = accuracy(of: network, on: compute)
        return Validation(score: score?(network) ?? accuracy, figures: ["accuracy": accuracy])
    }
}

extension TrainingOptions {
    /// Small steps on small batches.
    static func quick(epochs: Int, seed: UInt64 = 1) -> TrainingOptions {
        var options = TrainingOptions()
        options.epochs = epochs
        options.rowsPerBatch = 128
        options.rate = 0.02
        options.warmupSteps = 10
        options.dropout = 0.1
        options.optimiser.inputRateFactor = 10
        options.seed = seed
        return options
    }
}

extension Trainer {
    /// Steps until training is finished or has diverged, or so many.
    mutating func run(steps: Int = .max, on compute: Compute) -> [StepReport] {
        var reports: [StepReport] = []
        while reports.count < steps, let report = try? step(on: compute) { reports.append(report) }
        return reports
    }

    /// All numbers that steps change.
    var numbers: [[Float]] {
        let moments = optimiser.moments
        return [network.weights, moments.first, moments.second, moments.average, bestWeights].map(\.elements)
    }
}
