import CStrandKernels

// Here and in the files Matrix+...Kernels.swift beside this one matrices become pointers and kernels are called; nowhere else.
// Shape letters: N rows of the ragged batch, I inputs, H hidden units of a direction, K labels.

/// Rows a task takes of a large product: few enough for its operands to stay in the second cache level.
let rowsPerTask = 128

extension Matrix {
    /// The rows (T, columns) of one sequence of a batch, its steps in order.
    func rows(of sequence: Int, in batch: RaggedBatch, columns: Int) -> Matrix {
        var rows = Matrix(unfilled: batch.lengths[sequence], columns)
        let stride = self.columns
        rows.withMutableElements { target in
            withElements(of: self) { source in
                for step in 0..<batch.lengths[sequence] {
                    let row = source + batch.row(sequence: sequence, step: step) * stride
                    (target + step * columns).update(from: row, count: columns)
                }
            }
        }
        return rows
    }

    /// Row-major rows of `stride` columns, seen in blocks of 64 columns.
    static func view(_ elements: UnsafePointer<Scalar>, stride: Int) -> strand_view {
        strand_view(
            data: UnsafeMutableRawPointer(mutating: elements), row_stride: stride, block_columns: 64, block_stride: 64)
    }
}

extension strand_kernels {
    /// `affine` with memory to work in.
    func affine<Scalar: KernelScalar>(
        rows: Int, inner: Int, columns: Int, _ input: strand_view, _ weights: UnsafePointer<Scalar>,
        bias: UnsafePointer<Scalar>?, into output: strand_view
    ) {
        var scratch = Matrix<Scalar>(unfilled: 1, affine_scratch(rows, inner))
        scratch.withMutableElements { affine(rows, inner, columns, input, weights, bias, output, $0) }
    }
}

extension RaggedBatch {
    /// The steps in the order in which direction 0 (forward) or 1 (backward) walks them.
    func steps(_ direction: Int) -> Steps { direction == 0 ? forward : backward }
}

extension RaggedBatch.Steps {
    func withSteps<R>(_ body: (strand_steps) -> R) -> R {
        first.withUnsafeBufferPointer { first in
            rows.withUnsafeBufferPointer { rows in
                body(strand_steps(count: first.count, first: first.baseAddress, rows: rows.baseAddress))
            }
        }
    }
}

extension Compute {
    func kernels<Scalar: KernelScalar>(_: Scalar.Type) -> strand_kernels { path.kernels(for: Scalar.self) }

    /// Calls `task` with consecutive ranges of rows that cover 0 ..< count.
    func runRows(_ count: Int, _ task: (Range<Int>) -> Void) {
        run((count + rowsPerTask - 1) / rowsPerTask) {
            task($0 * rowsPerTask..<min(count, ($0 + 1) * rowsPerTask))
        }
    }

    /// Calls `task` with consecutive stretches of steps that hold about `rowsPerTask` rows or one step each.
    private func runSteps(_ steps: RaggedBatch.Steps, _ task: (strand_steps) -> Void) {
        var starts: [Int] = []
        var rows = rowsPerTask
        for step in steps.rows.indices {
            if rows >= rowsPerTask {
                starts.append(step)
                rows = 0
            }
            rows += Int(steps.rows[step])
        }
        steps.withSteps { all in
            run(starts.count) { index in
                let end = index + 1 < starts.count ? starts[index + 1] : all.count
                let start = starts[index]
                task(strand_steps(count: end - start, first: all.first + start, rows: all.rows + start))
            }
        }
    }

    // MARK: Linear layer

    /// output (N, K) = input (N, I) W^T + b
    func linearForward<Scalar>(
        _ layer: LinearLayer, weights: Matrix<Scalar>, input: Matrix<Scalar>, output: inout Matrix<Scalar>
    ) {
        output.reshape(rows: input.rows, columns: layer.outputs)
        let rowCount = input.rows
        let table = kernels(Scalar.self)
        output.withMutableElements { output in
            withElements(of: weights, input) { weights, input in
                runRows(rowCount) { rows in
                    table.affine(
                        rows: rows.count, inner: layer.inputs, columns: layer.outputs,
                        Matrix.view(input + rows.lowerBound * layer.inputs, stride: layer.inputs),
                        weights + layer.weights, bias: weights + layer.bias,
                        into: Matrix.view(output + rows.lowerBound * layer.outputs, stride: layer.outputs))
                }
            }
        }
    }

    /// From the gradient of the output (N, K): adds to the flat weight gradient, sets that of the input (N, I).
    /// `transposed` holds what `transposeWeights` made of the weights.
    func linearBackward<Scalar>(
        _ layer: LinearLayer, transposed: Matrix<Scalar>, input: Matrix<Scalar>, outputGradient: Matrix<Scalar>,
        weightGradient: inout Matrix<Scalar>, inputGradient: inout Matrix<Scalar>
    ) {
        let table = kernels(Scalar.self)
        let rowCount = input.rows
        inputGradient.reshape(rows: rowCount, columns: layer.inputs)
        inputGradient.withMutableElements { inputGradient in
            weightGradient.withMutableElements { weightGradient in
                withElements(of: transposed, input, outputGradient) { transposed, input, gradient in
                    runRows(rowCount) { rows in
                        let start = inputGradient + rows.lowerBound * layer.inputs
                        start.update(repeating: 0, count: rows.count * layer.inputs)
                        table.affine(
                            rows: rows.count, inner: layer.outputs, columns: layer.inputs,
                            Matrix.view(gradient + rows.lowerBound * layer.outputs, stride: layer.outputs),
                            transposed + layer.weights, bias: nil,
                            into: Matrix.view(start, stride: layer.inputs))
                    }
                    linearWeightGradient(
                        layer, rows: rowCount, input: input, outputGradient: gradient, into: weightGradient)
                }
            }
        }
    }

    /// dW += dy^T x, db += sum of dy; some inputs of one panel a task.
    private func linearWeightGradient<Scalar: KernelScalar>(
        _ layer: LinearLayer, rows: Int, input: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
        into weightGradient: UnsafeMutablePointer<Scalar>
    ) {
        let table = kernels(Scalar.self)
        let inputsPerTask = 128
        let tasks = (layer.inputs + inputsPerTask - 1) / inputsPerTask
        let panels = (layer.outputs + 63) / 64
        run(panels * tasks) { task in
            let (panel, part) = task.quotientAndRemainder(dividingBy: tasks)
            let width = min(64, layer.outputs - panel * 64)
            let first = part * inputsPerTask
            let inner = min(inputsPerTask, layer.inputs - first)
            var scratch = Matrix<Scalar>(unfilled: 1, table.outer_scratch(inner))
            scratch.withMutableElements { scratch in
                table.outer(
                    rows, inner, width, Matrix.view(input + first, stride: layer.inputs), nil,
                    Matrix.view(outputGradient + panel * 64, stride: layer.outputs),
                    weightGradient + (layer.weights + panel * 64 * layer.inputs + first * width),
                    part == 0 ? weightGradient + (layer.bias + panel * 64) : nil, scratch)
            }
        }
    }

    // MARK: Dropout, softmax, cross-entropy

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

    /// Sum over rows of the cross-entropy of `logits` (N, K padded) against targets of which a share is soft: spread as `soft`
    /// (N, K) says; sets its gradient times `scale`.
    func crossEntropy<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, admissible: [UInt32], soft: Matrix<Scalar>?, share: Double,
        scale: Double, gradient: inout Matrix<Scalar>
    ) -> Double {
        let (rowCount, columns) = (logits.rows, logits.columns)
        gradient.reshape(rows: rowCount, columns: columns)
        let crossEntropy = kernels(Scalar.self).cross_entropy!
        let hasSoft = soft != nil
        // Parts are added up in their order, whichever thread took them.
        return gradient.withMutableElements { gradient in
            withElements(of: logits, soft ?? Matrix()) { logits, soft in
                admissible.withUnsafeBufferPointer { admissible in
                    map((rowCount + rowsPerTask - 1) / rowsPerTask) { task in
                        let start = task * rowsPerTask
                        return crossEntropy(
                            min(rowsPerTask, rowCount - start), labels, logits + start * columns, columns,
                            admissible.baseAddress! + start, share, hasSoft ? soft + start * labels : nil, scale,
                            gradient + start * columns)
                    }.reduce(0, +)
                }
            }
        }
    }
}
