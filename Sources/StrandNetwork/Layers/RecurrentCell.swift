/// What a recurrent unit is: how the output h_t follows from the input x_t and the outputs before it.
///
/// Weights have the names, shapes and gate order of PyTorch's module.
public enum RecurrentCell: String, Sendable, Codable, CaseIterable {
    /// Long short-term memory with a forget gate (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000).
    /// ```
    /// i = sigmoid(W_i x_t + U_i h_{t-1} + b_i)      f, o likewise      g = tanh(W_g x_t + U_g h_{t-1} + b_g)
    /// c_t = f * c_{t-1} + i * g                     h_t = o * tanh(c_t)
    /// ```
    case lstm
    /// The same, its gates seeing the cell through peepholes p (Gers & Schmidhuber 2000): p_i * c_{t-1} is added to the
    /// sum of i, p_f * c_{t-1} to that of f, p_o * c_t to that of o. PyTorch has none of them.
    case peepholeLSTM = "peephole-lstm"
    /// Gated recurrent unit (Cho et al. 2014), as cuDNN and PyTorch have it: the reset gate behind the product.
    /// ```
    /// r = sigmoid(W_r x_t + b_r + U_r h_{t-1} + d_r)      z likewise
    /// n = tanh(W_n x_t + b_n + r * (U_n h_{t-1} + d_n))   h_t = (1 - z) * n + z * h_{t-1}
    /// ```
    case gru
    /// The plain recurrent network (Elman 1990): h_t = tanh(W x_t + U h_{t-1} + b).
    case rnn

    /// Rows of weights a unit has: its gates, and what they let through.
    public var gates: Int {
        switch self {
        case .lstm, .peepholeLSTM: 4
        case .gru: 3
        case .rnn: 1
        }
    }

    /// What people call it.
    public var title: String {
        switch self {
        case .lstm: "LSTM"
        case .peepholeLSTM: "LSTM with peepholes"
        case .gru: "GRU"
        case .rnn: "RNN"
        }
    }

    /// The gate that keeps the state, and the one that writes to it where that is another.
    var memoryGates: (keep: Int, write: Int?)? {
        switch self {
        case .lstm, .peepholeLSTM: (1, 0)
        case .gru: (1, nil)
        case .rnn: nil
        }
    }

    var hasPeepholes: Bool { self == .peepholeLSTM }

    /// What PyTorch calls the module, and files its tensors.
    var moduleName: String {
        switch self {
        case .lstm, .peepholeLSTM: "lstm"
        case .gru: "gru"
        case .rnn: "rnn"
        }
    }
}
