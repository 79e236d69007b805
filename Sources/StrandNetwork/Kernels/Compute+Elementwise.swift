import CStrandKernels

// Dropout, softmax, cross-entropy.

extension Compute {
    /// values *= the mask row (B, columns) of each row's sequence.
    func maskRows<Scalar>(_ batch: RaggedBatch, mask: Matrix<Scalar>, inPlace values: inout Matrix<Scalar>) {
        let columns = values.columns
        values.withMutableElements { maskRows(batch, mask: mask, columns: columns, from: $0, to: $0) }
    }

    /// output = input, each row times the mask row (B, columns) of its sequence.
    func maskRows<Scalar>(
        _ batch: RaggedBatch, mask: Matrix<Scalar>, input: Matrix<Scalar>, output: inout Matrix<Scalar>
    ) {
        output.reshape(rows: input.rows, columns: input.columns)
        let columns = input.columns
        output.withMutableElements { output in
            withElements(of: input) { maskRows(batch, mask: mask, columns: columns, from: $0, to: output) }
        }
    }

    private func maskRows<Scalar: KernelScalar>(
        _ batch: RaggedBatch, mask: Matrix<Scalar>, columns: Int, from input: UnsafePointer<Scalar>,
        to output: UnsafeMutablePointer<Scalar>
    ) {
        let maskRows = kernels(Scalar.self).mask_rows!
        withElements(of: mask) { mask in
            runSteps(batch.forward) { maskRows($0, columns, input, output, columns, mask) }
        }
    }

    /// Row-wise softmax of logits / temperature, in place, over the first `labels` columns.
    func softmax<Scalar>(_ logits: inout Matrix<Scalar>, labels: Int, temperature: Scalar) {
        let softmax = kernels(Scalar.self).softmax!
        let (rowCount, columns) = (logits.rows, logits.columns)
        logits.withMutableElements { logits in
            runRows(rowCount) { rows in
                softmax(rows.count, labels, Double(temperature), logits + rows.lowerBound * columns, columns)
            }
        }
    }

    /// The sum over rows of the cross-entropy of `logits` (N, K padded); sets its gradient times `scale`. A share of each
    /// row's target is soft: spread as `soft` (N, K) says, or evenly if that is nil.
    func crossEntropy<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, admissible: [UInt32], soft: Matrix<Scalar>?, shares: [Double],
        scale: Double, gradient: inout Matrix<Scalar>
    ) -> Double {
        let (rowCount, columns) = (logits.rows, logits.columns)
        gradient.reshape(rows: rowCount, columns: columns)
        let crossEntropy = kernels(Scalar.self).cross_entropy!
        let hasSoft = soft != nil
        // Parts are summed in order, whichever thread computed them.
        return gradient.withMutableElements { gradient in
            withElements(of: logits, soft ?? Matrix()) { logits, soft in
                admissible.withUnsafeBufferPointer { admissible in
                    shares.withUnsafeBufferPointer { shares in
                        mapUnchecked((rowCount + rowsPerTask - 1) / rowsPerTask) { task in
                            let start = task * rowsPerTask
                            return crossEntropy(
                                min(rowsPerTask, rowCount - start), labels, logits + start * columns, columns,
                                admissible.baseAddress! + start, shares.baseAddress! + start,
                                hasSoft ? soft + start * labels : nil, scale, gradient + start * columns)
                        }.reduce(0, +)
                    }
                }
            }
        }
    }
}
