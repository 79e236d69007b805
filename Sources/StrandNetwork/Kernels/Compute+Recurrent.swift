import CStrandKernels

/// Where one layer's gates and states are kept for the backward pass.
private struct Kept<Scalar: KernelScalar> {
    let gates: UnsafeMutablePointer<Scalar>
    let cells: UnsafeMutablePointer<Scalar>
}

extension RecurrentCell {
    fileprivate var kernelCell: strand_cell {
        switch self {
        case .lstm: STRAND_LSTM
        case .peepholeLSTM: STRAND_PEEPHOLE_LSTM
        case .gru: STRAND_GRU
        case .rnn: STRAND_RNN
        }
    }
}

extension GatePanels {
    /// Gates stored panel by panel, each (rows, 64), of which the weights' columns are seen.
    fileprivate func view<Scalar>(_ elements: UnsafePointer<Scalar>, rows: Int) -> strand_view {
        strand_view(
            data: UnsafeMutableRawPointer(mutating: elements), row_stride: Self.blockColumns,
            block_columns: weightColumns, block_stride: rows * Self.blockColumns)
    }
}

/// What both passes of one layer are given.
private struct RecurrentPass<Scalar: KernelScalar> {
    let layer: RecurrentLayer
    let batch: RaggedBatch
    let table: strand_kernels
    let weights: UnsafePointer<Scalar>
    let input: UnsafePointer<Scalar>

    /// Nil in inference.
    let kept: Kept<Scalar>?

    /// Calls `body` with the kernel's argument for one direction, y left out.
    func withCall(_ direction: Int, _ body: (inout strand_recurrent) -> Void) {
        let places = layer.directions[direction]
        let gatesBefore = direction * layer.panels.count * batch.rowCount * GatePanels.blockColumns
        let cellsBefore = direction * layer.hidden * batch.rowCount
        var scratch = Matrix<Scalar>(unfilled: 1, table.recurrent_scratch(batch.width, layer.inputs, layer.hidden))
        batch.steps(direction).withSteps { steps in
            scratch.withMutableElements { scratch in
                var call = strand_recurrent()
                call.cell = layer.cell.kernelCell
                call.steps = steps
                call.rows = batch.rowCount
                call.inputs = layer.inputs
                call.hidden = layer.hidden
                call.w_ih = UnsafeRawPointer(weights + places.inputWeights)
                call.w_hh = UnsafeRawPointer(weights + places.recurrentWeights)
                call.bias = UnsafeRawPointer(weights + places.bias)
                call.recurrent_bias = places.recurrentBias.map { UnsafeRawPointer(weights + $0) }
                call.peepholes = places.peepholes.map { UnsafeRawPointer(weights + $0) }
                call.x = Matrix.view(input, stride: layer.inputs)
                call.y_stride = layer.outputs
                call.gates = kept.map { UnsafeMutableRawPointer($0.gates + gatesBefore) }
                if layer.cell != .rnn { call.cells = kept.map { UnsafeMutableRawPointer($0.cells + cellsBefore) } }
                call.scratch = UnsafeMutableRawPointer(scratch)
                body(&call)
            }
        }
    }
}

extension Compute {
    /// output (N, directions x H) = the layer over input (N, I); nothing else is kept.
    ///
    /// Between layers outputs may be what products multiply, which is half the memory in bfloat16: such a matrix is good
    /// for the next layer's input only.
    func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>,
        inputIsOperands: Bool, output: inout Matrix<Scalar>, outputIsOperands: Bool
    ) {
        recurrentForward(
            layer, weights, batch, input, &output, kept: nil, inputIsOperands: inputIsOperands,
            outputIsOperands: outputIsOperands)
    }

    /// The same, keeping in the tape what `recurrentBackward` needs.
    func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>,
        output: inout Matrix<Scalar>, tape: inout RecurrentLayer.Tape<Scalar>
    ) {
        tape.reshape(for: layer, batch)
        tape.gates.withMutableElements { gates in
            tape.cells.withMutableElements { cells in
                recurrentForward(layer, weights, batch, input, &output, kept: Kept(gates: gates, cells: cells))
            }
        }
    }

    private func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, _ weights: Matrix<Scalar>, _ batch: RaggedBatch, _ input: Matrix<Scalar>,
        _ output: inout Matrix<Scalar>, kept: Kept<Scalar>?, inputIsOperands: Bool = false,
        outputIsOperands: Bool = false
    ) {
        output.reshape(rows: batch.rowCount, columns: layer.outputs)
        let table = kernels(Scalar.self)
        output.withMutableElements { output in
            withElements(of: weights, input) { weights, input in
                let pass = RecurrentPass(
                    layer: layer, batch: batch, table: table, weights: weights, input: input, kept: kept)
                run(layer.directions.count) { direction in
                    pass.withCall(direction) { call in
                        call.x_is_operands = inputIsOperands
                        call.y_is_operands = outputIsOperands
                        let elementBytes = outputIsOperands ? table.operand_bytes : Scalar.byteCount
                        call.y = UnsafeMutableRawPointer(output) + direction * layer.hidden * elementBytes
                        table.recurrent_forward(&call)
                    }
                }
            }
        }
    }

    /// From the gradient of the output (N, directions x H), which becomes that of all h: turns the tape's gates into the
    /// gradients of their sums and adds to the flat weight gradient. `transposed` holds what `transposeWeights` made of
    /// the weights.
    func recurrentBackward<Scalar>(
        _ layer: RecurrentLayer, weights: Matrix<Scalar>, transposed: Matrix<Scalar>, batch: RaggedBatch,
        input: Matrix<Scalar>, output: Matrix<Scalar>, tape: inout RecurrentLayer.Tape<Scalar>,
        outputGradient: inout Matrix<Scalar>, weightGradient: inout Matrix<Scalar>
    ) {
        recurrentGateGradient(
            layer, weights, transposed, batch, input: input, outputGradient: &outputGradient, tape: &tape,
            weightGradient: &weightGradient)
        recurrentWeightGradient(layer, batch, input: input, output: output, tape: tape, into: &weightGradient)
    }

    private func recurrentGateGradient<Scalar>(
        _ layer: RecurrentLayer, _ weights: Matrix<Scalar>, _ transposed: Matrix<Scalar>, _ batch: RaggedBatch,
        input: Matrix<Scalar>, outputGradient: inout Matrix<Scalar>, tape: inout RecurrentLayer.Tape<Scalar>,
        weightGradient: inout Matrix<Scalar>
    ) {
        let table = kernels(Scalar.self)
        tape.gates.withMutableElements { gates in
            tape.cells.withMutableElements { cells in
                outputGradient.withMutableElements { gradient in
                    weightGradient.withMutableElements { weightGradient in
                        withElements(of: weights, transposed, input) { weights, transposed, input in
                            let pass = RecurrentPass(
                                layer: layer, batch: batch, table: table, weights: weights, input: input,
                                kept: Kept(gates: gates, cells: cells))
                            run(layer.directions.count) { direction in
                                let places = layer.directions[direction]
                                pass.withCall(direction) { call in
                                    table.recurrent_backward(
                                        &call, gradient + direction * layer.hidden, layer.outputs,
                                        transposed + places.recurrentWeights,
                                        places.peepholes.map { weightGradient + $0 })
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// dW_ih += dgates^T x, dW_hh += dgates^T h_before, db += sum of dgates; some panels a task.
    private func recurrentWeightGradient<Scalar>(
        _ layer: RecurrentLayer, _ batch: RaggedBatch, input: Matrix<Scalar>, output: Matrix<Scalar>,
        tape: RecurrentLayer.Tape<Scalar>, into gradient: inout Matrix<Scalar>
    ) {
        let table = kernels(Scalar.self)
        let panels = layer.panels
        // A task gathers the rows it multiplies anew, so there are no more tasks than keep all threads busy.
        let tasks = min(panels.count, threads)
        let columnsPerTask = (panels.count + tasks - 1) / tasks * panels.weightColumns
        let rows = batch.rowCount
        gradient.withMutableElements { gradient in
            withElements(of: input, output, tape.gates) { input, output, gates in
                run(layer.directions.count * tasks) { task in
                    let (direction, part) = task.quotientAndRemainder(dividingBy: tasks)
                    let places = layer.directions[direction]
                    let first = part * columnsPerTask
                    let columns = max(0, min(columnsPerTask, panels.columns - first))
                    let panel = direction * panels.count + first / panels.weightColumns
                    let gates = gates + panel * rows * GatePanels.blockColumns
                    let previousRow = batch.steps(direction).previousRow
                    var scratch = Matrix<Scalar>(
                        unfilled: 1, table.outer_scratch(max(layer.inputs, layer.hidden)))
                    scratch.withMutableElements { scratch in
                        // Both products take a block of rows while its gates' gradients are in the cache.
                        for row in stride(from: 0, to: rows, by: rowsPerTask) {
                            let count = min(rowsPerTask, rows - row)
                            let gates = gates + row * GatePanels.blockColumns
                            table.outer(
                                count, layer.inputs, columns,
                                Matrix.view(input + row * layer.inputs, stride: layer.inputs), nil,
                                panels.view(gates, rows: rows),
                                gradient + places.inputWeights + first * layer.inputs,
                                gradient + places.bias + first, scratch)
                            previousRow.withUnsafeBufferPointer { previousRow in
                                table.outer(
                                    count, layer.hidden, columns,
                                    Matrix.view(output + direction * layer.hidden, stride: layer.outputs),
                                    previousRow.baseAddress! + row,
                                    panels.view(gates + panels.recurrentColumn, rows: rows),
                                    gradient + places.recurrentWeights + first * layer.hidden,
                                    places.recurrentBias.map { gradient + $0 + first }, scratch)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The gradient of the layer's input (N, I), after `recurrentBackward`: the sum over directions of dgates . W_ih.
    func recurrentInputGradient<Scalar>(
        _ layer: RecurrentLayer, transposed: Matrix<Scalar>, batch: RaggedBatch, tape: RecurrentLayer.Tape<Scalar>,
        into gradient: inout Matrix<Scalar>
    ) {
        gradient.reshape(rows: batch.rowCount, columns: layer.inputs)
        let table = kernels(Scalar.self)
        let panels = layer.panels
        gradient.withMutableElements { gradient in
            withElements(of: transposed, tape.gates) { transposed, gates in
                runRows(batch.rowCount) { rows in
                    let start = gradient + rows.lowerBound * layer.inputs
                    start.update(repeating: 0, count: rows.count * layer.inputs)
                    for (direction, places) in layer.directions.enumerated() {
                        let row = direction * panels.count * batch.rowCount + rows.lowerBound
                        table.affine(
                            rows: rows.count, inner: panels.columns, columns: layer.inputs,
                            panels.view(gates + row * GatePanels.blockColumns, rows: batch.rowCount),
                            transposed + places.inputWeights, bias: nil,
                            into: Matrix.view(start, stride: layer.inputs))
                    }
                }
            }
        }
    }
}
