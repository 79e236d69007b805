/// One bidirectional LSTM layer: forget, input and output gates, no peepholes (Gers, Schmidhuber & Cummins 2000).
/// ```
/// i = sigmoid(W_i x_t + U_i h_{t-1} + b_i)      f, o likewise      g = tanh(W_g x_t + U_g h_{t-1} + b_g)
/// c_t = f * c_{t-1} + i * g                     h_t = o * tanh(c_t)
/// ```
/// The two directions' h stand side by side in the output's columns. The layer is a description: its weights lie in the
/// network's flat buffer.
struct LSTMLayer: Sendable {
    /// I: columns of the input.
    let inputs: Int
    /// H: units of a direction, a multiple of 16.
    let hidden: Int
    /// Forward, then backward.
    let directions: [Direction]

    /// Where a direction's weights start in the flat buffer.
    struct Direction: Sendable {
        let inputWeights: Int
        let recurrentWeights: Int
        let bias: Int
    }

    /// What the backward pass needs from the forward pass.
    struct Tape<Scalar: KernelScalar>: Sendable {
        /// (2 H/16 N, 64): activated gates, by direction, then panel; after the backward pass, their gradients.
        var gates = Matrix<Scalar>()
        /// (2 H/16 N, 16): cell states, by direction, then panel.
        var cells = Matrix<Scalar>()

        mutating func reshape(for layer: LSTMLayer, _ batch: RaggedBatch) {
            let rows = 2 * (layer.hidden / 16) * batch.rowCount
            gates.reshape(rows: rows, columns: 64)
            cells.reshape(rows: rows, columns: 16)
        }
    }
}
