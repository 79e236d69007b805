import CStrandKernels

// Here and in Matrix+LSTMKernels.swift matrices become pointers and kernels are called; nowhere else.
// Shape letters: N rows of the ragged batch, I inputs, H hidden units of a direction, K labels.

/// Rows a task takes of a large product: few enough for its operands to stay in the second cache level.
private let rowsPerTask = 128

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
        strand_view(data: UnsafeMutableRawPointer(mutating: elements), row_stride: stride, block_stride: 64)
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
                    let scratch = Matrix<Scalar>(unfilled: 1, table.outer_scratch(layer.inputs))
                    withElements(of: scratch) { scratch in
                        run(1) { _ in
                            table.outer(
                                rowCount, layer.inputs, layer.outputs, Matrix.view(input, stride: layer.inputs), nil,
                                Matrix.view(gradient, stride: layer.outputs), weightGradient + layer.weights,
                                weightGradient + layer.bias, UnsafeMutablePointer(mutating: scratch))
                        }
                    }
                }
            }
        }
    }

    // MARK: Whole parameter buffer

    /// The weights as this path's products read them: all at their places, biases unchanged. Costs nothing where products
    /// read the scalars themselves.
    func prepared<Scalar>(_ layout: ParameterLayout, _ weights: Matrix<Scalar>) -> Matrix<Scalar> {
        guard let prepare = kernels(Scalar.self).prepare else { return weights }
        var prepared = Matrix<Scalar>(unfilled: 1, layout.count)
        prepared.withMutableElements { prepared in
            withElements(of: weights) { weights in
                run(layout.parameters.count) { index in
                    let parameter = layout.parameters[index]
                    let start = parameter.range.lowerBound
                    if parameter.isBias {
                        (prepared + start).update(from: weights + start, count: parameter.range.count)
                    } else {
                        let size = parameter.packedSize
                        prepare(size.inner, size.columns, weights + start, prepared + start)
                    }
                }
            }
        }
        return prepared
    }

    /// Packs the transpose of every weight that a backward pass multiplies by, each at its own place.
    func transposeWeights<Scalar>(
        _ layout: ParameterLayout, weights: Matrix<Scalar>, into transposed: inout Matrix<Scalar>
    ) {
        transposed.reshape(rows: 1, columns: layout.count)
        let transpose = kernels(Scalar.self).transpose!
        let places = layout.transposedWeights
        transposed.withMutableElements { transposed in
            withElements(of: weights) { weights in
                run(places.count) { task in
                    let place = places[task]
                    transpose(place.inner, place.columns, weights + place.start, transposed + place.start)
                }
            }
        }
    }

    /// Sum of squares of all elements, summed in one fixed order whatever the number of threads.
    func squaredNorm<Scalar>(_ layout: ParameterLayout, _ values: Matrix<Scalar>) -> Double {
        let squaredNorm = kernels(Scalar.self).squared_norm!
        let parts = layout.parts
        return withElements(of: values) { values in
            map(parts.count) { squaredNorm(parts[$0].range.count, values + parts[$0].range.lowerBound) }.reduce(0, +)
        }
    }

    /// One step of AdamW on all weights; biases do not decay.
    func adamW<Scalar>(
        _ layout: ParameterLayout, _ step: strand_adamw, inputRateFactor: Double, gradient: Matrix<Scalar>,
        weights: inout Matrix<Scalar>, moments: inout AdamW<Scalar>.Moments
    ) {
        let adamw = kernels(Scalar.self).adamw!
        let parts = layout.parts
        weights.withMutableElements { weights in
            moments.first.withMutableElements { first in
                moments.second.withMutableElements { second in
                    moments.average.withMutableElements { average in
                        withElements(of: gradient) { gradient in
                            run(parts.count) { task in
                                let start = parts[task].range.lowerBound
                                var step = step
                                if parts[task].parameter.isBias { step.decay = 0 }
                                if parts[task].parameter.isInputWeight {
                                    step.rate *= inputRateFactor
                                    step.decay /= inputRateFactor
                                }
                                adamw(
                                    parts[task].range.count, &step, gradient + start, weights + start, first + start,
                                    second + start, average + start)
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Dropout, softmax, cross-entropy

    /// values *= the mask row (B, columns) of each row's sequence.
    func maskRows<Scalar>(_ batch: RaggedBatch, mask: Matrix<Scalar>, inPlace values: inout Matrix<Scalar>) {
        let columns = values.columns
        let maskRows = kernels(Scalar.self).mask_rows!
        values.withMutableElements { values in
            withElements(of: mask) { mask in
                run(1) { _ in
                    batch.forward.withSteps { maskRows($0, columns, values, values, columns, mask) }
                }
            }
        }
    }

    /// output = input, each row times the mask row (B, columns) of its sequence.
    func maskRows<Scalar>(
        _ batch: RaggedBatch, mask: Matrix<Scalar>, input: Matrix<Scalar>, output: inout Matrix<Scalar>
    ) {
        output.reshape(rows: input.rows, columns: input.columns)
        let columns = input.columns
        let maskRows = kernels(Scalar.self).mask_rows!
        output.withMutableElements { output in
            withElements(of: mask, input) { mask, input in
                run(1) { _ in
                    batch.forward.withSteps { maskRows($0, columns, input, output, columns, mask) }
                }
            }
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

    /// Sum over rows of the cross-entropy of `logits` (N, K); sets its gradient times `scale` unless that is nil.
    func crossEntropy<Scalar>(
        _ logits: Matrix<Scalar>, labels: Int, admissible: [UInt32], smoothing: Double, scale: Double,
        gradient: inout Matrix<Scalar>
    ) -> Double {
        gradient.reshape(rows: logits.rows, columns: logits.columns)
        let crossEntropy = kernels(Scalar.self).cross_entropy!
        return gradient.withMutableElements { gradient in
            withElements(of: logits) { elements in
                crossEntropy(logits.rows, labels, elements, logits.columns, admissible, smoothing, scale, gradient)
            }
        }
    }
}
