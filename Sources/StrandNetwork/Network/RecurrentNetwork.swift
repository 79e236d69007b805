#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A stack of recurrent layers, read in both directions or one, with a linear layer on top: logits for every timestep of
/// every sequence (Graves & Schmidhuber 2005). A value: weights and nothing else.
public struct RecurrentNetwork<Scalar: KernelScalar>: Sendable {
    /// Sizes.
    public let shape: NetworkShape
    let layout: ParameterLayout
    /// (1, count): all weights, packed as `layout` says.
    var weights: Matrix<Scalar>

    init(shape: NetworkShape, weights: Matrix<Scalar>) {
        self.shape = shape
        self.layout = ParameterLayout(shape)
        self.weights = weights
        precondition(weights.count == layout.count, "\(weights.count) weights for \(layout.count) places")
    }

    /// A network to be trained: weights uniform in +-1 / sqrt(inputs of the unit), recurrent ones in +-1 / sqrt(H);
    /// biases and peepholes 0, but 1 for the forget gates.
    ///
    /// Where the longest lag T that counts is known, gates begin open to it (Tallec & Ollivier 2018): a unit remembers over
    /// a time t drawn from 1 ... T - 1, by a bias of log t for its forget gate (of a GRU, its update gate) and of -log t
    /// for its input gate.
    public init(shape: NetworkShape, longestLag: Int? = nil, using generator: inout SeededGenerator) {
        self.init(shape: shape, weights: Matrix(rows: 1, columns: ParameterLayout(shape).count))
        for parameter in layout.parameters {
            weights.withMutableElements { weights in
                parameter.forEachPosition { index, position in
                    weights[position] = parameter.initialValue(at: index, of: shape, using: &generator)
                }
            }
        }
        if let longestLag { remember(over: longestLag, using: &generator) }
    }

    private mutating func remember(over longestLag: Int, using generator: inout SeededGenerator) {
        guard let gates = shape.cell.memoryGates else { return }
        for parameter in layout.parameters where parameter.isGateBias {
            for unit in 0..<shape.hidden {
                let bias = Scalar(log(1 + generator.uniform() * Double(max(longestLag - 2, 1))))
                weights[0, parameter.position(row: gates.keep * shape.hidden + unit, column: 0)] = bias
                if let write = gates.write {
                    weights[0, parameter.position(row: write * shape.hidden + unit, column: 0)] = -bias
                }
            }
        }
    }

    /// Logits (N, K padded to a multiple of 16) of a batch whose inputs (N, I) are laid out as the batch says.
    public func logits(_ batch: RaggedBatch, inputs: Matrix<Scalar>, on compute: Compute) -> Matrix<Scalar> {
        let weights = compute.prepared(layout, weights)
        var input = inputs
        var output = Matrix<Scalar>()
        for (index, layer) in layout.layers.enumerated() {
            compute.recurrentForward(
                layer, weights: weights, batch: batch, input: input, inputIsOperands: index > 0, output: &output,
                outputIsOperands: index < shape.layers - 1)
            swap(&input, &output)
        }
        compute.linearForward(layout.head, weights: weights, input: input, output: &output)
        return output
    }

    /// Probabilities (N, K padded to a multiple of 16; columns from K on mean nothing) of every label at every row.
    /// - Parameters:
    ///   - batch: lengths and order of the sequences.
    ///   - inputs: (N, I), row by row as `batch` numbers them.
    ///   - temperature: logits are divided by it before the softmax.
    ///   - compute: where to run. The result does not depend on its number of threads, nor on the other sequences.
    public func probabilities(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, temperature: Scalar = 1, on compute: Compute
    ) -> Matrix<Scalar> {
        precondition(inputs.rows == batch.rowCount && inputs.columns == shape.inputs, "inputs do not fit the batch")
        var logits = logits(batch, inputs: inputs, on: compute)
        compute.softmax(&logits, labels: shape.labels, temperature: temperature)
        return logits
    }
}

extension Parameter {
    fileprivate func initialValue<Scalar: KernelScalar>(
        at index: Int, of network: NetworkShape, using generator: inout SeededGenerator
    ) -> Scalar {
        guard isVector else { return Scalar(generator.uniform(within: (1 / Double(shape[1])).squareRoot())) }
        let isForgetGate = network.cell.gates == 4 && isGateBias && index / network.hidden == 1
        return isForgetGate ? 1 : 0
    }
}
