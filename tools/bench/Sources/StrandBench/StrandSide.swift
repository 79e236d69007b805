import StrandNetwork

/// Strand's side of a case: the public API as a program that labels many sequences uses it.
final class StrandSide {
    private let compute: Compute
    private let network: PreparedNetwork<Float>
    private let batch: RaggedBatch
    private let inputs: Matrix<Float>
    private var trainer: Trainer<RandomTask>?

    init(_ test: Case) {
        var generator = SeededGenerator(seed: 1)
        compute = Compute(threads: test.threads, path: KernelPath.best(test.precision.ofKernels) ?? .best)
        network = PreparedNetwork(RecurrentNetwork(shape: test.shape, using: &generator), for: compute)
        batch = RaggedBatch(lengths: test.lengths)
        let task = RandomTask(lengths: test.lengths, inputs: test.inputs, labels: test.labels, using: &generator)
        inputs = task.inputs(Array(test.lengths.indices), batch, using: &generator)
        if test.mode == .train {
            var options = TrainingOptions()
            options.epochs = .max
            options.rowsPerBatch = .max
            options.dropout = 0
            trainer = Trainer(task, shape: test.shape, options: options)
        }
    }

    func run() {
        if trainer != nil {
            _ = try? trainer?.step(on: compute)
        } else {
            _ = network.probabilities(batch, inputs: inputs)
        }
    }
}

/// Normal inputs, random labels: what the peers are given too.
private struct RandomTask: TrainingTask {
    let lengths: [Int]
    let labelCount: Int
    /// (N, I), rows of the one batch there is.
    let values: Matrix<Float>
    let targets: [UInt32]

    init(lengths: [Int], inputs: Int, labels: Int, using generator: inout SeededGenerator) {
        let rows = lengths.reduce(0, +)
        self.lengths = lengths
        labelCount = labels
        // Close to normal: sums of uniforms.
        let normal = (0..<rows * inputs).map { _ in
            Float((0..<6).reduce(0) { sum, _ in sum + generator.uniform(within: 1) } / 2.0.squareRoot())
        }
        values = Matrix(rows: rows, columns: inputs, elements: normal)
        targets = (0..<rows).map { _ in 1 << UInt32.random(in: 0..<UInt32(labels), using: &generator) }
    }

    func inputs(
        _ sequences: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        values
    }

    func loss(
        _ logits: Matrix<Float>, _ sequences: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        CrossEntropy()(logits, labels: labelCount, targets: targets, gradient: &gradient, on: compute)
    }

    func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation {
        Validation(score: 0, figures: [:])
    }
}
