import CStrandKernels

extension Compute {
    /// From the gradient of the output (N, directions x H), which becomes that of all h: turns the tape's gates into the
    /// gradients of their sums and adds to the flat weight gradient. `transposed` is the result of
    /// `transposeWeights`.
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
                                kept: KeptGates(gates: gates, cells: cells))
                            runUnchecked(layer.directions.count) { direction in
                                let offsets = layer.directions[direction]
                                pass.withCall(direction) { call in
                                    table.recurrent_backward(
                                        &call, gradient + direction * layer.hidden, layer.outputs,
                                        transposed + offsets.recurrentWeights,
                                        offsets.peepholes.map { weightGradient + $0 })
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// dW_ih += dgates^T x, dW_hh += dgates^T h_before, db += sum of dgates; a task takes some panels.
    private func recurrentWeightGradient<Scalar>(
        _ layer: RecurrentLayer, _ batch: RaggedBatch, input: Matrix<Scalar>, output: Matrix<Scalar>,
        tape: RecurrentLayer.Tape<Scalar>, into gradient: inout Matrix<Scalar>
    ) {
        let panels = layer.panels
        // Every task gathers the rows it multiplies, so there are no more tasks than keep all threads busy.
        let tasks = min(panels.count, threads)
        let panelsPerTask = (panels.count + tasks - 1) / tasks
        gradient.withMutableElements { gradient in
            withElements(of: input, output, tape.gates) { input, output, gates in
                let pass = WeightGradientPass(
                    layer: layer, batch: batch, table: kernels(Scalar.self), input: input, output: output,
                    gates: gates, gradient: gradient)
                runUnchecked(layer.directions.count * tasks) { task in
                    let (direction, part) = task.quotientAndRemainder(dividingBy: tasks)
                    pass.run(direction, firstPanel: part * panelsPerTask, panelCount: panelsPerTask)
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
                    for (direction, offsets) in layer.directions.enumerated() {
                        let row = direction * panels.count * batch.rowCount + rows.lowerBound
                        table.affine(
                            rows: rows.count, inner: panels.columns, columns: layer.inputs,
                            panels.view(gates + row * KernelWidth.panel, rows: batch.rowCount),
                            transposed + offsets.inputWeights, bias: nil,
                            into: strand_view(rowMajor: start, stride: layer.inputs))
                    }
                }
            }
        }
    }
}

/// The arguments of a layer's weight gradient.
private struct WeightGradientPass<Scalar: KernelScalar> {
    let layer: RecurrentLayer
    let batch: RaggedBatch
    let table: strand_kernels
    let input: UnsafePointer<Scalar>
    let output: UnsafePointer<Scalar>
    /// The gradients of the gates' sums.
    let gates: UnsafePointer<Scalar>
    let gradient: UnsafeMutablePointer<Scalar>

    /// Adds to the gradient of some panels of one direction.
    func run(_ direction: Int, firstPanel: Int, panelCount: Int) {
        let panels = layer.panels
        let first = firstPanel * panels.weightColumns
        let columns = max(0, min(panelCount * panels.weightColumns, panels.columns - first))
        let firstRow = (direction * panels.count + firstPanel) * batch.rowCount
        let gates = gates + firstRow * KernelWidth.panel
        var scratch = Matrix<Scalar>(unfilled: 1, table.outer_scratch(max(layer.inputs, layer.hidden)))
        scratch.withMutableElements { scratch in
            // Both products take a block of rows while its gates' gradients are in the cache.
            for row in stride(from: 0, to: batch.rowCount, by: rowsPerTask) {
                let rows = row..<min(row + rowsPerTask, batch.rowCount)
                addInputGradient(direction, rows, first, columns, gates, scratch)
                addRecurrentGradient(direction, rows, first, columns, gates, scratch)
            }
        }
    }

    private func addInputGradient(
        _ direction: Int, _ rows: Range<Int>, _ first: Int, _ columns: Int, _ gates: UnsafePointer<Scalar>,
        _ scratch: UnsafeMutablePointer<Scalar>
    ) {
        let offsets = layer.directions[direction]
        table.outer(
            rows.count, layer.inputs, columns,
            strand_view(rowMajor: input + rows.lowerBound * layer.inputs, stride: layer.inputs), nil,
            layer.panels.view(gates + rows.lowerBound * KernelWidth.panel, rows: batch.rowCount),
            gradient + offsets.inputWeights + first * layer.inputs, gradient + offsets.bias + first, scratch)
    }

    private func addRecurrentGradient(
        _ direction: Int, _ rows: Range<Int>, _ first: Int, _ columns: Int, _ gates: UnsafePointer<Scalar>,
        _ scratch: UnsafeMutablePointer<Scalar>
    ) {
        let offsets = layer.directions[direction]
        let sums = gates + rows.lowerBound * KernelWidth.panel + layer.panels.cell.recurrentColumn
        batch.steps(direction).previousRow.withUnsafeBufferPointer { previousRow in
            table.outer(
                rows.count, layer.hidden, columns,
                strand_view(rowMajor: output + direction * layer.hidden, stride: layer.outputs),
                previousRow.baseAddress! + rows.lowerBound, layer.panels.view(sums, rows: batch.rowCount),
                gradient + offsets.recurrentWeights + first * layer.hidden,
                offsets.recurrentBias.map { gradient + $0 + first }, scratch)
        }
    }
}
