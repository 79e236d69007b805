/// Softmax cross-entropy over labelled timesteps.
///
/// A target is the set of correct labels, as bits: one bit for a known label, several if only a class of labels is known
/// (then the probability of the class counts), none for a timestep without a label, which does not count.
///
/// A share of the target may be soft, spread over all labels: evenly (label smoothing, Szegedy et al. 2016), or by the
/// probabilities of another network (distillation, Hinton, Vinyals & Dean 2015).
public struct CrossEntropy: Sendable, Equatable, Codable {
    /// Share of the target that is soft, 0 ... 1.
    public var softShare: Double

    public init(softShare: Double = 0) { self.softShare = softShare }

    /// The mean loss over the rows that count, in nats (0 if none counts), their number, and the gradient.
    /// - Parameters:
    ///   - logits: (N, K padded).
    ///   - labels: K, at most 32.
    ///   - targets: for each of the N rows, the correct labels.
    ///   - soft: (N, K): how the soft share is spread; nil: evenly.
    ///   - shares: the soft share of each row, 0 ... 1; nil: `softShare` for all.
    ///   - gradient: set to the derivative of the mean loss by the logits, (N, K padded).
    ///   - compute: where to run.
    public func callAsFunction<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, targets: [UInt32], soft: Matrix<Scalar>? = nil,
        shares: [Double]? = nil, gradient: inout Matrix<Scalar>, on compute: Compute
    ) -> (mean: Double, count: Int) {
        precondition(targets.count == logits.rows && labels <= 32, "targets do not fit the logits")
        precondition(soft.map { $0.rows == logits.rows && $0.columns == labels } ?? true, "soft targets do not fit")
        let shares = shares ?? [Double](repeating: softShare, count: targets.count)
        precondition(shares.count == targets.count, "soft shares do not fit")
        let count = targets.count { $0 != 0 }
        let scale = 1 / Double(max(count, 1))
        let sum = compute.crossEntropy(
            logits, labels: labels, admissible: targets, soft: soft, shares: shares, scale: scale,
            gradient: &gradient)
        return (sum * scale, count)
    }
}
