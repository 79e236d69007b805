import Glibc

/// A stack of recurrent layers, read in both directions or one, with a linear layer on top: logits for every timestep of
/// every sequence (Graves & Schmidhuber 2005). A value: a shape and its weights.
public struct RecurrentNetwork<Scalar: KernelScalar>: Sendable {
    /// Sizes.
    public let shape: NetworkShape
    let layout: ParameterLayout
    /// (1, count): all weights, packed as `layout` says.
    var weights: Matrix<Scalar>

    init(shape: NetworkShape, weights: Matrix<Scalar>) {
        self.init(ParameterLayout(shape), weights: weights)
    }

    private init(_ layout: ParameterLayout, weights: Matrix<Scalar>) {
        shape = layout.shape
        self.layout = layout
        self.weights = weights
        precondition(weights.count == layout.count, "\(weights.count) weights for a layout of \(layout.count)")
    }

    /// A network to be trained: weights uniform in +-1 / sqrt(inputs of the unit), recurrent ones in +-1 / sqrt(H);
    /// biases and peepholes 0, except 1 for the forget gates.
    ///
    /// If the longest lag T that matters is known, gates begin open to it (Tallec & Ollivier 2018): a unit remembers over
    /// a time t drawn from 1 ... T - 1, by a bias of log t for the gate that keeps its state and of -log t for the gate that
    /// writes to it.
    public init(shape: NetworkShape, longestLag: Int? = nil, using generator: inout SeededGenerator) {
        let layout = ParameterLayout(shape)
        // In one type for all scalars: in a generic one each of millions of elements costs several calls.
        var values = [Double](repeating: 0, count: layout.count)
        for parameter in layout.parameters {
            parameter.forEachElement { index, offset in
                values[offset] = parameter.initialValue(at: index, of: shape, using: &generator)
            }
        }
        self.init(layout, weights: Matrix(rows: 1, columns: layout.count, elements: values.map { Scalar($0) }))
        if let longestLag { remember(over: longestLag, using: &generator) }
    }

    private mutating func remember(over longestLag: Int, using generator: inout SeededGenerator) {
        let traits = shape.cell.traits
        guard let keeping = traits.keeping?.row(in: shape.cell) else { return }
        let writing = traits.writing?.row(in: shape.cell)
        for parameter in layout.parameters where parameter.role == .inputBias {
            for unit in 0..<shape.hidden {
                let bias = Scalar(log(1 + generator.uniform() * Double(max(longestLag - 2, 1))))
                weights[0, parameter.offset(row: keeping * shape.hidden + unit, column: 0)] = bias
                if let writing {
                    weights[0, parameter.offset(row: writing * shape.hidden + unit, column: 0)] = -bias
                }
            }
        }
    }

    /// The same network with its first labels, or with more, whose weights are drawn.
    public func withLabels(_ count: Int) -> Self {
        guard count != shape.labels else { return self }
        var shape = shape
        shape.labels = count
        var generator = SeededGenerator(seed: 0)
        var network = Self(shape: shape, using: &generator)
        for (new, old) in zip(network.layout.parameters, layout.parameters) {
            let rows = min(new.shape[0], old.shape[0])
            let columns = old.isVector ? 1 : old.shape[1]
            for row in 0..<rows {
                for column in 0..<columns {
                    network.weights[0, new.offset(row: row, column: column)] =
                        weights[0, old.offset(row: row, column: column)]
                }
            }
        }
        return network
    }

    /// The same network in another scalar.
    public init<Other>(_ other: RecurrentNetwork<Other>) {
        self.init(other.layout, weights: Matrix(other.weights))
    }
}

extension RecurrentNetwork {
    /// Logits of a batch: see `PreparedNetwork.logits(_:inputs:)`. Prepares the network for this one call.
    public func logits(_ batch: RaggedBatch, inputs: Matrix<Scalar>, on compute: Compute) -> Matrix<Scalar> {
        PreparedNetwork(self, for: compute).logits(batch, inputs: inputs)
    }

    /// Probabilities of a batch: see `PreparedNetwork.probabilities(_:inputs:temperature:)`. Prepares the network for this
    /// one call.
    public func probabilities(
        _ batch: RaggedBatch, inputs: Matrix<Scalar>, temperature: Scalar = 1, on compute: Compute
    ) -> Matrix<Scalar> {
        PreparedNetwork(self, for: compute).probabilities(batch, inputs: inputs, temperature: temperature)
    }

    /// Probabilities of several sequences: see `PreparedNetwork.probabilities(lengths:temperature:inputs:)`. Prepares the
    /// network for this one call.
    public func probabilities(
        lengths: [Int], temperature: Scalar = 1, on compute: Compute,
        inputs: @Sendable (_ sequences: [Int], _ batch: RaggedBatch) -> Matrix<Scalar>
    ) -> [Matrix<Scalar>] {
        PreparedNetwork(self, for: compute).probabilities(lengths: lengths, temperature: temperature, inputs: inputs)
    }
}

extension Parameter {
    fileprivate func initialValue(
        at index: Int, of network: NetworkShape, using generator: inout SeededGenerator
    ) -> Double {
        guard isVector else { return generator.uniform(within: (1 / Double(shape[1])).squareRoot()) }
        let isForgetGate =
            role == .inputBias && network.cell.traits.gates[index / network.hidden] == .forget
        return isForgetGate ? 1 : 0
    }
}
