/// A gate of a cell: what it lets through is between 0, nothing, and 1, all.
public enum RecurrentGate: String, Sendable, CaseIterable {
    /// Of an LSTM: what of the candidate is written to the state.
    case input
    /// Of an LSTM: what of the state is kept. (It forgets what it does not let through.)
    case forget
    /// Of an LSTM: what of the state is put out.
    case output
    /// Of a GRU: what of the units the candidate sees.
    case reset
    /// Of a GRU: what of the state is kept.
    case update

    /// Whether a cell has this gate.
    public func exists(in cell: RecurrentCell) -> Bool { place(in: cell) != nil }

    /// Its place among what the kernels keep of a cell's gates; nil: the cell has no such gate.
    func place(in cell: RecurrentCell) -> Int? {
        switch (cell, self) {
        case (.lstm, .input), (.peepholeLSTM, .input): 0
        case (.lstm, .forget), (.peepholeLSTM, .forget): 1
        case (.lstm, .output), (.peepholeLSTM, .output): 3
        case (.gru, .reset): 1
        case (.gru, .update): 2
        default: nil
        }
    }
}

extension RecurrentCell {
    /// The gate that keeps the state; nil: the cell has none.
    public var keepingGate: RecurrentGate? {
        switch self {
        case .lstm, .peepholeLSTM: .forget
        case .gru: .update
        case .rnn: nil
        }
    }
}

/// What the units of one direction of one layer let through a gate, timestep by timestep.
public struct GateActivations<Scalar: KernelScalar>: Sendable {
    /// From 1, the one that sees the inputs.
    public let layer: Int
    /// Whether the direction reads from the end.
    public let isReverse: Bool
    /// (T, H), 0 ... 1
    public let values: Matrix<Scalar>
}

extension RecurrentNetwork {
    /// What a gate lets through along one sequence, layer by layer, forward before backward; empty where the cell has no
    /// such gate.
    /// - Parameters:
    ///   - gate: one of the cell's.
    ///   - inputs: (T, I).
    ///   - compute: where to run.
    public func activations(
        of gate: RecurrentGate, inputs: Matrix<Scalar>, on compute: Compute
    ) -> [GateActivations<Scalar>] {
        guard let place = gate.place(in: shape.cell) else { return [] }
        let batch = RaggedBatch(lengths: [inputs.rows])
        var tape = Tape(shape)
        forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        return layout.layers.indices.flatMap { layer in
            (0..<shape.directions).map { direction in
                var values = Matrix<Scalar>(rows: inputs.rows, columns: shape.hidden)
                let panels = layout.layers[layer].panels
                for row in 0..<inputs.rows {
                    for unit in 0..<shape.hidden {
                        let (panel, lane) = unit.quotientAndRemainder(dividingBy: panels.units)
                        values[row, unit] =
                            tape.layers[layer].gates[
                                (direction * panels.count + panel) * inputs.rows + row, place * panels.units + lane]
                    }
                }
                return GateActivations(layer: layer + 1, isReverse: direction == 1, values: values)
            }
        }
    }

    /// For each row of a batch the norm of dL/dh_t: how strongly the loss depends on what the first layer puts out at that
    /// timestep, all later timesteps included.
    /// - Parameters:
    ///   - batch: the lengths of the sequences.
    ///   - inputs: (N, I), row by row as `batch` numbers them.
    ///   - compute: where to run.
    ///   - lossGradient: gives the gradient (N, K padded) of the loss by the logits (N, K padded).
    public func outputGradientNorms(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, on compute: Compute,
        lossGradient: (Matrix<Scalar>) -> Matrix<Scalar>
    ) -> [Double] {
        var tape = Tape(shape)
        forward(batch, inputs: inputs, masks: nil, tape: &tape, on: compute)
        tape.logitGradient = lossGradient(tape.logits)
        var gradient = Matrix<Scalar>(rows: 1, columns: layout.count)
        backward(batch, tape: &tape, gradient: &gradient, on: compute)
        var norms: [Double] = []
        tape.outputGradient.forEachRow { row in
            norms.append(row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
        }
        return norms
    }

    /// The same network in another scalar.
    public init<Other>(_ other: RecurrentNetwork<Other>) {
        self.init(shape: other.shape, weights: Matrix(other.weights))
    }
}
