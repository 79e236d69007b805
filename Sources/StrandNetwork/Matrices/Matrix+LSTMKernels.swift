import CStrandKernels

/// Where one layer's gates and cells are kept for the backward pass.
private struct Kept<Scalar: KernelScalar> {
    let gates: UnsafeMutablePointer<Scalar>
    let cells: UnsafeMutablePointer<Scalar>
}

/// A matrix stored panel by panel, each (rows, 64).
private func panelView<Scalar>(_ elements: UnsafePointer<Scalar>, rows: Int) -> strand_view {
    strand_view(data: UnsafeMutableRawPointer(mutating: elements), row_stride: 64, block_stride: rows * 64)
}

/// What both passes of one layer are given.
private struct LSTMPass<Scalar: KernelScalar> {
    let layer: LSTMLayer
    let batch: RaggedBatch
    let table: strand_kernels
    let weights: UnsafePointer<Scalar>
    let input: UnsafePointer<Scalar>

    /// Nil in inference.
    let kept: Kept<Scalar>?

    /// Calls `body` with the kernel's argument for one direction, y left out.
    func withCall(_ direction: Int, _ body: (inout strand_lstm) -> Void) {
        let places = layer.directions[direction]
        let before = direction * layer.hidden * batch.rowCount
        var scratch = Matrix<Scalar>(unfilled: 1, table.lstm_scratch(batch.width, layer.inputs, layer.hidden))
        batch.steps(direction).withSteps { steps in
            scratch.withMutableElements { scratch in
                var call = strand_lstm(
                    steps: steps, rows: batch.rowCount, inputs: layer.inputs, hidden: layer.hidden,
                    w_ih: weights + places.inputWeights, w_hh: weights + places.recurrentWeights,
                    bias: weights + places.bias, x: Matrix.view(input, stride: layer.inputs), x_is_operands: false,
                    y: nil, y_stride: 2 * layer.hidden, y_is_operands: false, gates: kept.map { $0.gates + 4 * before },
                    cells: kept.map { $0.cells + before }, scratch: scratch)
                body(&call)
            }
        }
    }
}

extension Compute {
    /// output (N, 2H) = the layer over input (N, I); nothing else is kept.
    ///
    /// Between layers outputs may be what products multiply, which is half the memory in bfloat16: such a matrix is good
    /// for the next layer's input only.
    func lstmForward<Scalar>(
        _ layer: LSTMLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>, inputIsOperands: Bool,
        output: inout Matrix<Scalar>, outputIsOperands: Bool
    ) {
        lstmForward(
            layer, weights, batch, input, &output, kept: nil, inputIsOperands: inputIsOperands,
            outputIsOperands: outputIsOperands)
    }

    /// The same, keeping in the tape what `lstmBackward` needs.
    func lstmForward<Scalar>(
        _ layer: LSTMLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>,
        output: inout Matrix<Scalar>, tape: inout LSTMLayer.Tape<Scalar>
    ) {
        tape.reshape(for: layer, batch)
        tape.gates.withMutableElements { gates in
            tape.cells.withMutableElements { cells in
                lstmForward(layer, weights, batch, input, &output, kept: Kept(gates: gates, cells: cells))
            }
        }
    }

    private func lstmForward<Scalar>(
        _ layer: LSTMLayer, _ weights: Matrix<Scalar>, _ batch: RaggedBatch, _ input: Matrix<Scalar>,
        _ output: inout Matrix<Scalar>, kept: Kept<Scalar>?, inputIsOperands: Bool = false,
        outputIsOperands: Bool = false
    ) {
        output.reshape(rows: batch.rowCount, columns: 2 * layer.hidden)
        let table = kernels(Scalar.self)
        output.withMutableElements { output in
            withElements(of: weights, input) { weights, input in
                let pass = LSTMPass(
                    layer: layer, batch: batch, table: table, weights: weights, input: input, kept: kept)
                run(2) { direction in
                    pass.withCall(direction) { call in
                        call.x_is_operands = inputIsOperands
                        call.y_is_operands = outputIsOperands
                        let elementBytes = outputIsOperands ? table.operand_bytes : Scalar.byteCount
                        call.y = UnsafeMutableRawPointer(output) + direction * layer.hidden * elementBytes
                        table.lstm_forward(&call)
                    }
                }
            }
        }
    }

    /// From the gradient of the output (N, 2H), which is overwritten: turns the tape's gates into their gradients and adds
    /// to the flat weight gradient. `transposed` holds what `transposeWeights` made of the weights.
    func lstmBackward<Scalar>(
        _ layer: LSTMLayer, weights: Matrix<Scalar>, transposed: Matrix<Scalar>, batch: RaggedBatch,
        input: Matrix<Scalar>, output: Matrix<Scalar>, tape: inout LSTMLayer.Tape<Scalar>,
        outputGradient: inout Matrix<Scalar>, weightGradient: inout Matrix<Scalar>
    ) {
        lstmGateGradient(
            layer, weights, transposed, batch, input: input, outputGradient: &outputGradient, tape: &tape)
        lstmWeightGradient(layer, batch, input: input, output: output, tape: tape, into: &weightGradient)
    }

    private func lstmGateGradient<Scalar>(
        _ layer: LSTMLayer, _ weights: Matrix<Scalar>, _ transposed: Matrix<Scalar>, _ batch: RaggedBatch,
        input: Matrix<Scalar>, outputGradient: inout Matrix<Scalar>, tape: inout LSTMLayer.Tape<Scalar>
    ) {
        let table = kernels(Scalar.self)
        tape.gates.withMutableElements { gates in
            tape.cells.withMutableElements { cells in
                outputGradient.withMutableElements { gradient in
                    withElements(of: weights, transposed, input) { weights, transposed, input in
                        let pass = LSTMPass(
                            layer: layer, batch: batch, table: table, weights: weights, input: input,
                            kept: Kept(gates: gates, cells: cells))
                        run(2) { direction in
                            pass.withCall(direction) { call in
                                table.lstm_backward(
                                    &call, gradient + direction * layer.hidden, 2 * layer.hidden,
                                    transposed + layer.directions[direction].recurrentWeights)
                            }
                        }
                    }
                }
            }
        }
    }

    /// dW_ih += dgates^T x, dW_hh += dgates^T h_before, db += sum of dgates; some panels a task.
    private func lstmWeightGradient<Scalar>(
        _ layer: LSTMLayer, _ batch: RaggedBatch, input: Matrix<Scalar>, output: Matrix<Scalar>,
        tape: LSTMLayer.Tape<Scalar>, into gradient: inout Matrix<Scalar>
    ) {
        let table = kernels(Scalar.self)
        let panels = layer.hidden / 16
        // A task gathers the rows it multiplies anew, so there are no more tasks than keep all threads busy.
        let tasks = min(panels, threads)
        let panelsPerTask = (panels + tasks - 1) / tasks
        let rows = batch.rowCount
        gradient.withMutableElements { gradient in
            withElements(of: input, output, tape.gates) { input, output, gates in
                run(2 * tasks) { task in
                    let (direction, part) = task.quotientAndRemainder(dividingBy: tasks)
                    let places = layer.directions[direction]
                    let panel = part * panelsPerTask
                    let columns = 64 * max(0, min(panelsPerTask, panels - panel))
                    let gates = gates + (direction * panels + panel) * rows * 64
                    let previousRow = batch.steps(direction).previousRow
                    var scratch = Matrix<Scalar>(
                        unfilled: 1, table.outer_scratch(max(layer.inputs, layer.hidden)))
                    scratch.withMutableElements { scratch in
                        // Both products take a block of rows while its gates' gradients are in the cache.
                        for row in stride(from: 0, to: rows, by: rowsPerTask) {
                            let count = min(rowsPerTask, rows - row)
                            let gateGradient = panelView(gates + row * 64, rows: rows)
                            table.outer(
                                count, layer.inputs, columns,
                                Matrix.view(input + row * layer.inputs, stride: layer.inputs), nil, gateGradient,
                                gradient + places.inputWeights + panel * 64 * layer.inputs,
                                gradient + places.bias + panel * 64, scratch)
                            previousRow.withUnsafeBufferPointer { previousRow in
                                table.outer(
                                    count, layer.hidden, columns,
                                    Matrix.view(output + direction * layer.hidden, stride: 2 * layer.hidden),
                                    previousRow.baseAddress! + row, gateGradient,
                                    gradient + places.recurrentWeights + panel * 64 * layer.hidden, nil, scratch)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The gradient of the layer's input (N, I), after `lstmBackward`: the sum over directions of dgates . W_ih.
    func lstmInputGradient<Scalar>(
        _ layer: LSTMLayer, transposed: Matrix<Scalar>, batch: RaggedBatch, tape: LSTMLayer.Tape<Scalar>,
        into gradient: inout Matrix<Scalar>
    ) {
        gradient.reshape(rows: batch.rowCount, columns: layer.inputs)
        let table = kernels(Scalar.self)
        gradient.withMutableElements { gradient in
            withElements(of: transposed, tape.gates) { transposed, gates in
                runRows(batch.rowCount) { rows in
                    let start = gradient + rows.lowerBound * layer.inputs
                    start.update(repeating: 0, count: rows.count * layer.inputs)
                    for (direction, places) in layer.directions.enumerated() {
                        let first = gates + (direction * 4 * layer.hidden * batch.rowCount + rows.lowerBound * 64)
                        table.affine(
                            rows: rows.count, inner: 4 * layer.hidden, columns: layer.inputs,
                            panelView(first, rows: batch.rowCount), transposed + places.inputWeights, bias: nil,
                            into: Matrix.view(start, stride: layer.inputs))
                    }
                }
            }
        }
    }
}
