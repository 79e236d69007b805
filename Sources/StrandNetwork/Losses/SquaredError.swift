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

    /// Half the squared differences of several columns, averaged over the columns and summed over the rows that count,
    /// beside the loss of the other columns.
    /// - Parameters:
    ///   - outputs: (N, K padded).
    ///   - first: the first column that is compared.
    ///   - targets: (N, F): the correct numbers of columns `first` to `first` + F.
    ///   - counting: whether a row counts.
    ///   - scale: what the sum is multiplied by.
    ///   - gradient: (N, K padded); in the compared columns of rows that count it is set to the derivative of the scaled
    ///     sum.
    /// - Returns: the scaled sum.
    public func add<Scalar>(
        _ outputs: Matrix<Scalar>, from first: Int, targets: Matrix<Scalar>, counting: [Bool], scale: Double,
        to gradient: inout Matrix<Scalar>
    ) -> Double {
        precondition(targets.rows == outputs.rows && counting.count == outputs.rows, "targets do not fit the outputs")
        let scale = scale / Double(max(targets.columns, 1))
        var sum = 0.0
        for row in 0..<outputs.rows where counting[row] {
            for column in 0..<targets.columns {
                let difference = outputs[row, first + column] - targets[row, column]
                sum += 0.5 * Double(difference * difference)
                gradient[row, first + column] = difference * Scalar(scale)
            }
        }
        return sum * scale
    }
}
