/// One recurrent layer, read in one direction or in both: then the two directions' h stand side by side in the output's
/// columns. The layer is a description: its weights lie in the network's flat buffer.
struct RecurrentLayer: Sendable {
    let cell: RecurrentCell
    /// I: columns of the input.
    let inputs: Int
    /// H: units of a direction, a multiple of 16.
    let hidden: Int
    /// Forward, then backward if the layer reads both ways.
    let directions: [Direction]

    /// Where a direction's weights start in the flat buffer.
    struct Direction: Sendable {
        let inputWeights: Int
        let recurrentWeights: Int
        let bias: Int
        /// Of a GRU; nil: the one bias stands for both.
        let recurrentBias: Int?
        let peepholes: Int?
    }

    /// Columns of the output.
    var outputs: Int { directions.count * hidden }
    /// How weights and gates are cut up.
    var panels: GatePanels { GatePanels(cell: cell, hidden: hidden) }

    /// What the backward pass needs from the forward pass.
    struct Tape<Scalar: KernelScalar>: Sendable {
        /// (directions x panels x N, 64): what the cell keeps of its gates, by direction, then panel; after the backward
        /// pass, the gradients of their sums.
        var gates = Matrix<Scalar>()
        /// (directions x H/16 x N, 16): states, by direction, then 16 units; of an RNN empty.
        var cells = Matrix<Scalar>()

        mutating func reshape(for layer: RecurrentLayer, _ batch: RaggedBatch) {
            let rows = layer.directions.count * batch.rowCount
            gates.reshape(rows: layer.panels.count * rows, columns: GatePanels.blockColumns)
            cells.reshape(rows: layer.cell == .rnn ? 0 : layer.hidden / 16 * rows, columns: 16)
        }
    }
}

/// How the kernels cut a layer's weights and gates into panels, so that a unit's gates lie together.
struct GatePanels: Sendable {
    let cell: RecurrentCell
    /// H, a multiple of 16.
    let hidden: Int

    /// Columns of a block of gates.
    static let blockColumns = 64

    /// Units of a panel.
    var units: Int { cell == .rnn ? Self.blockColumns : 16 }
    /// Number of panels; the last one may be narrower.
    var count: Int { (hidden + units - 1) / units }
    /// Columns of a panel of weights.
    var weightColumns: Int { cell.gates * units }
    /// Columns of all panels of weights.
    var columns: Int { cell.gates * hidden }
    /// Column of a block of gates where the sums over units begin; those over inputs begin at 0.
    var recurrentColumn: Int { cell == .gru ? 16 : 0 }

    /// Where PyTorch's gates lie among those of a panel: of the weights of inputs and of units.
    var places: (input: [Int], recurrent: [Int]) {
        switch cell {
        case .lstm, .peepholeLSTM: ([0, 1, 2, 3], [0, 1, 2, 3])
        case .gru: ([1, 2, 0], [0, 1, 2])
        case .rnn: ([0], [0])
        }
    }
}
