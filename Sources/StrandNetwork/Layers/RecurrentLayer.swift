import CStrandKernels

/// One recurrent layer, read in one direction or in both: then the two directions' h stand side by side in the output's
/// columns. The layer is a description: its weights lie in the network's flat buffer.
struct RecurrentLayer: Sendable {
    /// The cell of the kernels.
    let cell: strand_cell
    /// How its weights and gates are cut up.
    let panels: GatePanels
    /// I: columns of the input.
    let inputs: Int
    /// Forward, then backward if the layer reads both ways.
    let directions: [Direction]

    /// The offsets of a direction's weights in the flat buffer.
    struct Direction: Sendable {
        let inputWeights: Int
        let recurrentWeights: Int
        let bias: Int
        /// Nil if the cell has one bias for both sums.
        let recurrentBias: Int?
        /// Nil if the cell has no peepholes.
        let peepholes: Int?
    }

    /// H: units of a direction, a multiple of 16.
    var hidden: Int { panels.hidden }
    /// Columns of the output.
    var outputs: Int { directions.count * hidden }

    /// What the backward pass needs from the forward pass.
    struct Tape<Scalar: KernelScalar>: Sendable {
        /// (directions x panels x N, 64): what the cell keeps of its gates, by direction, then panel; after the backward
        /// pass, the gradients of their sums.
        var gates = Matrix<Scalar>()
        /// (directions x H/16 x N, 16): states, by direction, then 16 units; empty if the cell has none.
        var cells = Matrix<Scalar>()

        mutating func reshape(for layer: RecurrentLayer, _ batch: RaggedBatch) {
            let rows = layer.directions.count * batch.rowCount
            let vectors = layer.panels.cell.hasState ? layer.hidden / KernelWidth.lanes : 0
            gates.reshape(rows: layer.panels.count * rows, columns: KernelWidth.panel)
            cells.reshape(rows: vectors * rows, columns: KernelWidth.lanes)
        }
    }
}

/// y = x W^T + b for every row; a description too.
struct LinearLayer: Sendable {
    /// Columns of the input.
    let inputs: Int
    /// Columns of the output, a multiple of 16; those of padding are meaningless.
    let outputs: Int
    /// Offset of W in the flat buffer.
    let weights: Int
    /// Offset of b in the flat buffer.
    let bias: Int
}
