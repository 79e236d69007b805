import CStrandKernels

/// The memory in which one layer's gates and states are kept for the backward pass.
struct KeptGates<Scalar: KernelScalar> {
    let gates: UnsafeMutablePointer<Scalar>
    let cells: UnsafeMutablePointer<Scalar>
}

/// The arguments of both passes of one layer.
struct RecurrentPass<Scalar: KernelScalar> {
    let layer: RecurrentLayer
    let batch: RaggedBatch
    let table: strand_kernels
    let weights: UnsafePointer<Scalar>
    let input: UnsafePointer<Scalar>
    /// Nil in inference.
    let kept: KeptGates<Scalar>?

    /// Calls `body` with the kernel's argument for one direction; `y` is left to it.
    func withCall(_ direction: Int, _ body: (inout strand_recurrent) -> Void) {
        let scratchCount = table.recurrent_scratch(batch.sequences, layer.inputs, layer.hidden)
        var scratch = Matrix<Scalar>(unfilled: 1, scratchCount)
        batch.steps(direction).withSteps { steps in
            scratch.withMutableElements { scratch in
                var call = call(direction, steps)
                call.scratch = UnsafeMutableRawPointer(scratch)
                body(&call)
            }
        }
    }

    private func call(_ direction: Int, _ steps: strand_steps) -> strand_recurrent {
        let offsets = layer.directions[direction]
        let gatesBefore = direction * layer.panels.count * batch.rowCount * KernelWidth.panel
        let cellsBefore = direction * layer.hidden * batch.rowCount
        var call = strand_recurrent()
        call.cell = layer.cell
        call.steps = steps
        call.rows = batch.rowCount
        call.inputs = layer.inputs
        call.hidden = layer.hidden
        call.w_ih = UnsafeRawPointer(weights + offsets.inputWeights)
        call.w_hh = UnsafeRawPointer(weights + offsets.recurrentWeights)
        call.bias = UnsafeRawPointer(weights + offsets.bias)
        call.recurrent_bias = offsets.recurrentBias.map { UnsafeRawPointer(weights + $0) }
        call.peepholes = offsets.peepholes.map { UnsafeRawPointer(weights + $0) }
        call.x = strand_view(rowMajor: input, stride: layer.inputs)
        call.y_stride = layer.outputs
        call.gates = kept.map { UnsafeMutableRawPointer($0.gates + gatesBefore) }
        if layer.panels.cell.hasState { call.cells = kept.map { UnsafeMutableRawPointer($0.cells + cellsBefore) } }
        return call
    }
}

extension Compute {
    /// output (N, directions x H) = the layer over input (N, I), for inference.
    ///
    /// Outputs may be operands of products, which take half the memory in bfloat16 and a quarter in 8 bits: such a matrix
    /// serves as the next layer's input only. Its columns are those of the scalars that hold them.
    func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>,
        inputIsOperands: Bool, output: inout Matrix<Scalar>, outputIsOperands: Bool
    ) {
        recurrentForward(
            layer, weights, batch, input, &output, kept: nil, inputIsOperands: inputIsOperands,
            outputIsOperands: outputIsOperands)
    }

    /// Whether the output layer sees the units themselves: in 8 bits they are too coarse for it.
    func headSeesScalars<Scalar: KernelScalar>(_: Scalar.Type) -> Bool { kernels(Scalar.self).keeps_scalars }

    /// The same for training: the tape keeps what `recurrentBackward` needs.
    func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, weights: Matrix<Scalar>, batch: RaggedBatch, input: Matrix<Scalar>,
        output: inout Matrix<Scalar>, tape: inout RecurrentLayer.Tape<Scalar>
    ) {
        tape.reshape(for: layer, batch)
        tape.gates.withMutableElements { gates in
            tape.cells.withMutableElements { cells in
                recurrentForward(layer, weights, batch, input, &output, kept: KeptGates(gates: gates, cells: cells))
            }
        }
    }

    private func recurrentForward<Scalar>(
        _ layer: RecurrentLayer, _ weights: Matrix<Scalar>, _ batch: RaggedBatch, _ input: Matrix<Scalar>,
        _ output: inout Matrix<Scalar>, kept: KeptGates<Scalar>?, inputIsOperands: Bool = false,
        outputIsOperands: Bool = false
    ) {
        let table = kernels(Scalar.self)
        let elementBytes = outputIsOperands ? table.operand_bytes : Scalar.byteCount
        output.reshape(rows: batch.rowCount, columns: layer.outputs * elementBytes / Scalar.byteCount)
        output.withMutableElements { output in
            withElements(of: weights, input) { weights, input in
                let pass = RecurrentPass(
                    layer: layer, batch: batch, table: table, weights: weights, input: input, kept: kept)
                runUnchecked(layer.directions.count) { direction in
                    pass.withCall(direction) { call in
                        call.x_is_operands = inputIsOperands
                        call.y_is_operands = outputIsOperands
                        call.y = UnsafeMutableRawPointer(output) + direction * layer.hidden * elementBytes
                        table.recurrent_forward(&call)
                    }
                }
            }
        }
    }
}
