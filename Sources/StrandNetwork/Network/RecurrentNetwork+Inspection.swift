/// The activations of a gate in one direction of one layer, timestep by timestep.
public struct GateActivations<Scalar: KernelScalar>: Sendable {
    /// The layer, from 1, which sees the inputs.
    public let layer: Int
    /// Whether the direction reads from the end.
    public let isReverse: Bool
    /// (T, H), 0 ... 1
    public let values: Matrix<Scalar>
}

extension RecurrentNetwork {
    /// A gate's activations along one sequence, layer by layer, forward before backward; empty if the cell has no such gate.
    /// - Parameters:
    ///   - gate: one of the cell's.
    ///   - inputs: (T, I).
    ///   - compute: where to run.
    public func activations(
        of gate: RecurrentGate, inputs: Matrix<Scalar>, on compute: Compute
    ) -> [GateActivations<Scalar>] {
        guard let row = gate.row(in: shape.cell) else { return [] }
        let slot = shape.cell.layout.inputSlots[row]
        let batch = RaggedBatch(lengths: [inputs.rows])
        var tape = Tape(shape)
        forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        return layout.layers.indices.flatMap { layer in
            (0..<shape.directions).map { direction in
                GateActivations(
                    layer: layer + 1, isReverse: direction == 1,
                    values: activations(slot, direction, layout.layers[layer].panels, tape.layers[layer].gates))
            }
        }
    }

    /// (T, H) of one direction, from the gates (directions x panels x T, 64) of its layer.
    private func activations(
        _ slot: Int, _ direction: Int, _ panels: GatePanels, _ gates: Matrix<Scalar>
    ) -> Matrix<Scalar> {
        let (steps, units) = (gates.rows / (shape.directions * panels.count), panels.cell.unitsPerPanel)
        var values = Matrix<Scalar>(rows: steps, columns: shape.hidden)
        for step in 0..<steps {
            for unit in 0..<shape.hidden {
                let panel = direction * panels.count + unit / units
                values[step, unit] = gates[panel * steps + step, slot * units + unit % units]
            }
        }
        return values
    }

    /// For each row of a batch the norm of dL/dh_t: how strongly the loss depends on the first layer's output at that
    /// timestep, including its effect through all later timesteps.
    /// - Parameters:
    ///   - batch: the lengths of the sequences.
    ///   - inputs: (N, I), row by row as `batch` numbers them.
    ///   - compute: where to run.
    ///   - lossGradient: returns the gradient (N, K padded) of the loss by the logits (N, K padded).
    public func outputGradientNorms(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, on compute: Compute,
        lossGradient: (Matrix<Scalar>) -> Matrix<Scalar>
    ) -> [Double] {
        var tape = Tape(shape)
        forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        tape.logitGradient = lossGradient(tape.logits)
        var gradient = Matrix<Scalar>(rows: 1, columns: layout.count)
        backward(batch, tape: &tape, gradient: &gradient, on: compute)
        return (0..<tape.outputGradient.rows).map { row in
            tape.outputGradient.row(row).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
    }
}
