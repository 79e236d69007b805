import CStrandKernels

extension strand_kernels {
    /// `affine` with scratch memory of its own.
    func affine<Scalar: KernelScalar>(
        rows: Int, inner: Int, columns: Int, _ input: strand_view, isOperands: Bool = false,
        _ weights: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?, into output: strand_view
    ) {
        var scratch = Matrix<Scalar>(unfilled: 1, affine_scratch(rows, inner))
        scratch.withMutableElements { affine(rows, inner, columns, input, isOperands, weights, bias, output, $0) }
    }
}

extension Compute {
    /// output (N, K) = input (N, I) W^T + b; the input may be operands that a recurrent layer wrote.
    func linearForward<Scalar>(
        _ layer: LinearLayer, weights: Matrix<Scalar>, input: Matrix<Scalar>, inputIsOperands: Bool = false,
        output: inout Matrix<Scalar>
    ) {
        output.reshape(rows: input.rows, columns: layer.outputs)
        let rowCount = input.rows
        let table = kernels(Scalar.self)
        let elementBytes = inputIsOperands ? table.operand_bytes : Scalar.byteCount
        output.withMutableElements { output in
            withElements(of: weights, input) { weights, input in
                runRows(rowCount) { rows in
                    let start = UnsafeRawPointer(input) + rows.lowerBound * layer.inputs * elementBytes
                    table.affine(
                        rows: rows.count, inner: layer.inputs, columns: layer.outputs,
                        strand_view(rowMajor: start, stride: layer.inputs), isOperands: inputIsOperands,
                        weights + layer.weights, bias: weights + layer.bias,
                        into: strand_view(rowMajor: output + rows.lowerBound * layer.outputs, stride: layer.outputs))
                }
            }
        }
    }

    /// From the gradient of the output (N, K): adds to the flat weight gradient, sets that of the input (N, I).
    /// `transposed` is the result of `transposeWeights`.
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
                            strand_view(rowMajor: gradient + rows.lowerBound * layer.outputs, stride: layer.outputs),
                            transposed + layer.weights, bias: nil,
                            into: strand_view(rowMajor: start, stride: layer.inputs))
                    }
                    linearWeightGradient(
                        layer, rows: rowCount, input: input, outputGradient: gradient, into: weightGradient)
                }
            }
        }
    }

    /// dW += dy^T x, db += sum of dy; a task takes some inputs of one panel.
    private func linearWeightGradient<Scalar: KernelScalar>(
        _ layer: LinearLayer, rows: Int, input: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
        into weightGradient: UnsafeMutablePointer<Scalar>
    ) {
        let table = kernels(Scalar.self)
        let inputsPerTask = 128
        let tasks = (layer.inputs + inputsPerTask - 1) / inputsPerTask
        let panels = (layer.outputs + KernelWidth.panel - 1) / KernelWidth.panel
        runUnchecked(panels * tasks) { task in
            let (panel, part) = task.quotientAndRemainder(dividingBy: tasks)
            let column = panel * KernelWidth.panel
            let columns = min(KernelWidth.panel, layer.outputs - column)
            let first = part * inputsPerTask
            let inner = min(inputsPerTask, layer.inputs - first)
            var scratch = Matrix<Scalar>(unfilled: 1, table.outer_scratch(inner))
            scratch.withMutableElements { scratch in
                table.outer(
                    rows, inner, columns, strand_view(rowMajor: input + first, stride: layer.inputs), nil,
                    strand_view(rowMajor: outputGradient + column, stride: layer.outputs),
                    weightGradient + (layer.weights + column * layer.inputs + first * columns),
                    part == 0 ? weightGradient + (layer.bias + column) : nil, scratch)
            }
        }
    }
}
