/// Softmax cross-entropy over labelled timesteps, with label smoothing (Szegedy et al. 2016).
///
/// A target is the set of labels that would be right, as bits: one bit for a known label, several where only a class of
/// labels is known (then the probability of the class counts), none for a timestep without a label, which does not count.
public struct CrossEntropy: Sendable, Equatable, Codable {
    /// Share of the target spread over all labels, 0 ..< 1.
    public var smoothing: Double

    public init(smoothing: Double = 0) { self.smoothing = smoothing }

    /// Mean loss over the rows that count, in nats; its gradient is left in `gradient`. (0 where none counts.)
    public func callAsFunction<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, targets: [UInt32], gradient: inout Matrix<Scalar>, on compute: Compute
    ) -> (mean: Double, count: Int) {
        precondition(targets.count == logits.rows && labels <= 32, "targets do not fit the logits")
        let count = targets.count { $0 != 0 }
        let scale = 1 / Double(max(count, 1))
        let sum = compute.crossEntropy(
            logits, labels: labels, admissible: targets, smoothing: smoothing, scale: scale, gradient: &gradient)
        return (sum * scale, count)
    }
}
