import CStrandKernels

/// The recurrent cells: how the output h_t follows from the input x_t and the steps before.
///
/// Weights have the names, shapes and gate order of PyTorch's modules.
public enum RecurrentCell: String, Sendable, Codable, CaseIterable {
    /// Long short-term memory with a forget gate (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000).
    /// ```
    /// i = sigmoid(W_i x_t + U_i h_{t-1} + b_i)      f, o likewise      g = tanh(W_g x_t + U_g h_{t-1} + b_g)
    /// c_t = f * c_{t-1} + i * g                     h_t = o * tanh(c_t)
    /// ```
    case lstm
    /// The same with peepholes p from the cell's state to its gates (Gers & Schmidhuber 2000): p_i * c_{t-1} is added to
    /// the sum of i, p_f * c_{t-1} to that of f, p_o * c_t to that of o. PyTorch has no peepholes.
    case peepholeLSTM = "peephole-lstm"
    /// Gated recurrent unit (Cho et al. 2014) in the form of cuDNN and PyTorch: the reset gate behind the product.
    /// ```
    /// r = sigmoid(W_r x_t + b_r + U_r h_{t-1} + d_r)      z likewise
    /// n = tanh(W_n x_t + b_n + r * (U_n h_{t-1} + d_n))   h_t = (1 - z) * n + z * h_{t-1}
    /// ```
    case gru
    /// Minimal gated unit (Zhou, Wu, Zhang & Zhou 2016): a GRU whose two gates are one, with two thirds of its weights.
    /// ```
    /// f = sigmoid(W_f x_t + b_f + U_f h_{t-1} + d_f)
    /// n = tanh(W_n x_t + b_n + (1 - f) * (U_n h_{t-1} + d_n))   h_t = (1 - f) * n + f * h_{t-1}
    /// ```
    /// In the paper the gate is applied to h_{t-1} before the product with U_n; here it is behind, as in `gru`. And f is the
    /// paper's 1 - f, so that a gate of 1 keeps the state, as in all cells here: the paper's W_f, U_f and b_f have the
    /// opposite sign. PyTorch has no such module. Files hold `mgu.weight_ih_l0` (2H, I), `mgu.weight_hh_l0` (2H, H),
    /// `mgu.bias_ih_l0` and `mgu.bias_hh_l0` (2H), ..., with the rows of f before those of n.
    case mgu
    /// The plain recurrent network (Elman 1990): h_t = tanh(W x_t + U h_{t-1} + b).
    case rnn
}

/// What the module knows of a cell besides its arithmetic and its layout in memory, which are the kernels'.
struct CellTraits: Sendable {
    /// For people.
    let title: String
    /// PyTorch's name of the module, with which the names of its tensors begin.
    let moduleName: String
    /// The cell of the kernels.
    let kernelCell: strand_cell
    /// The gates in the order of their rows in PyTorch's weights; nil: a candidate.
    let gates: [RecurrentGate?]
    /// The gate that keeps the state.
    var keeping: RecurrentGate?
    /// The gate that writes to the state, if that is another.
    var writing: RecurrentGate?
}

extension RecurrentCell {
    var traits: CellTraits {
        switch self {
        case .lstm:
            CellTraits(
                title: "LSTM", moduleName: "lstm", kernelCell: STRAND_LSTM, gates: [.input, .forget, nil, .output],
                keeping: .forget, writing: .input)
        case .peepholeLSTM:
            CellTraits(
                title: "LSTM with peepholes", moduleName: "lstm", kernelCell: STRAND_PEEPHOLE_LSTM,
                gates: [.input, .forget, nil, .output], keeping: .forget, writing: .input)
        case .gru:
            CellTraits(
                title: "GRU", moduleName: "gru", kernelCell: STRAND_GRU, gates: [.reset, .update, nil],
                keeping: .update)
        case .mgu:
            CellTraits(
                title: "MGU", moduleName: "mgu", kernelCell: STRAND_MGU, gates: [.forget, nil], keeping: .forget)
        case .rnn:
            CellTraits(title: "RNN", moduleName: "rnn", kernelCell: STRAND_RNN, gates: [nil])
        }
    }

    /// Rows of weights a unit has: its gates and its candidate.
    public var gates: Int { traits.gates.count }

    /// The name people use.
    public var title: String { traits.title }

    /// The gate that keeps the state; nil if the cell has none.
    public var keepingGate: RecurrentGate? { traits.keeping }

    /// How its gates lie in memory.
    var layout: CellLayout { CellLayout(strand_layout_of(traits.kernelCell)) }
}

/// A gate of a cell: from 0, which lets nothing through, to 1, which lets everything through.
public enum RecurrentGate: String, Sendable, CaseIterable {
    /// LSTM: the share of the candidate that is written to the state.
    case input
    /// LSTM, MGU: the share of the state that is kept.
    case forget
    /// LSTM: the share of the state that is put out.
    case output
    /// GRU: the share of the units' outputs that the candidate sees.
    case reset
    /// GRU: the share of the state that is kept.
    case update

    /// Whether a cell has this gate.
    public func exists(in cell: RecurrentCell) -> Bool { row(in: cell) != nil }

    /// Its index among the gates of a cell's weights, in the order of files; nil if the cell has no such gate.
    func row(in cell: RecurrentCell) -> Int? { cell.traits.gates.firstIndex(of: self) }
}
