/// Squared error of a linear output, for numeric targets.
public struct SquaredError: Sendable {
    public init() {}

    /// Half the squared difference, averaged over the rows that have a target (0 if none has), their number, and the
    /// gradient.
    /// - Parameters:
    ///   - outputs: (N, K padded); the first column is compared.
    ///   - targets: the correct number of each row that counts.
    ///   - gradient: set to the derivative of the mean by the outputs, (N, K padded).
    public func callAsFunction<Scalar>(
        _ outputs: Matrix<Scalar>, targets: [Int: Scalar], gradient: inout Matrix<Scalar>
    ) -> (mean: Double, count: Int) {
        gradient.reshape(rows: outputs.rows, columns: outputs.columns)
        gradient.fill(with: 0)
        var sum = 0.0
        for (row, target) in targets.sorted(by: { $0.key < $1.key }) {
            let difference = outputs[row, 0] - target
            sum += 0.5 * Double(difference * difference)
            gradient[row, 0] = difference / Scalar(targets.count)
        }
        return (sum / Double(max(targets.count, 1)), targets.count)
    }
}
