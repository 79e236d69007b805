import StrandEngine
import StrandNetwork

/// How strongly the loss at the end of a sequence depends on a much earlier output of the network: the norm of dL/dh_t
/// over the distance from the end (Hochreiter 1991; Bengio, Simard & Frasconi 1994).
public struct GradientFlow: Sendable, Codable, Equatable {
    public var network: LongLagNetwork
    /// Whether the network was trained on the task, or has its initial weights.
    public var isTrained: Bool
    /// The result of training.
    public var outcome: LongLagRun.Outcome?
    /// Mean norm over sequences at 0, 1, 2 ... steps from the end, divided by the norm at 0; in double precision.
    public var norms: [Double]

    private static let sequences = 100

    /// Gradients on the adding task before and after training.
    /// - Parameters:
    ///   - network: the network to train.
    ///   - lag: shortest length of a sequence.
    ///   - seed: seed of its weights and of the sequences.
    ///   - mostSequences: maximum number of training sequences if the task is not solved earlier.
    ///   - compute: where to run.
    public static func beforeAndAfterTraining(
        _ network: LongLagNetwork, lag: Int, seed: UInt64, mostSequences: Int, on compute: Compute
    ) -> [GradientFlow] {
        let run = LongLagRun(task: .adding, lag: lag, network: network, seed: seed)
        let trained = run.trained(mostSequences: mostSequences, on: compute)
        return [
            GradientFlow(
                network: network, isTrained: false, outcome: nil,
                norms: norms(of: run.untrained, lag: lag, seed: seed, on: compute)),
            GradientFlow(
                network: network, isTrained: true, outcome: trained.outcome,
                norms: norms(of: trained.network, lag: lag, seed: seed, on: compute)),
        ]
    }

    private static func norms(
        of network: RecurrentNetwork<Float>, lag: Int, seed: UInt64, on compute: Compute
    ) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        let sequences = (0..<sequences).map { _ in LongLagTask.adding.sequence(lag: lag, using: &generator) }
        let batch = LongLagBatch(sequences, of: .adding)
        let norms = RecurrentNetwork<Double>(network).outputGradientNorms(
            batch.rows, inputs: Matrix(batch.inputs), on: compute
        ) { logits in
            var gradient = Matrix<Double>(rows: 0, columns: 0)
            _ = SquaredError()(logits, targets: batch.numbers.mapValues(Double.init), gradient: &gradient)
            return gradient
        }
        let means = (0..<lag).map { distance in
            batch.rows.lengths.indices.reduce(0) { sum, sequence in
                sum + norms[batch.rows.row(sequence: sequence, step: batch.rows.lengths[sequence] - 1 - distance)]
            } / Double(sequences.count)
        }
        return means.map { $0 / means[0] }
    }
}
