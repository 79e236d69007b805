import CStrandKernels

/// Widths the kernels work in.
enum KernelWidth {
    /// Lanes of a vector: H and K are padded to a multiple of it.
    static let lanes = STRAND_LANES
    /// Columns of a weight panel and of a block of gates.
    static let panel = STRAND_PANEL
}

/// The least multiple of the kernels' lanes that is not below `count`.
func roundedUpToLanes(_ count: Int) -> Int {
    (count + KernelWidth.lanes - 1) / KernelWidth.lanes * KernelWidth.lanes
}

/// How a cell's gates lie in memory: a row of the kernels' table (`strand_cell_layout`).
struct CellLayout: Sendable, Equatable {
    /// Rows of weights a unit has.
    let gates: Int
    /// Units of a panel.
    let unitsPerPanel: Int
    /// Column of a block of gates where the sums over units begin; those over inputs begin at 0.
    let recurrentColumn: Int
    /// Weights of a unit from its own state to its gates.
    let peepholes: Int
    /// Whether a state goes from step to step besides the products.
    let hasState: Bool
    /// Whether the sums over units have a bias of their own.
    let hasRecurrentBias: Bool
    /// For each gate, in the order of files, the gates before it in a panel of the weights of inputs.
    let inputSlots: [Int]
    /// The same in the weights of units.
    let recurrentSlots: [Int]

    init(_ layout: strand_cell_layout) {
        func slots(_ slots: (Int, Int, Int, Int)) -> [Int] {
            Array([slots.0, slots.1, slots.2, slots.3].prefix(layout.gates))
        }
        gates = layout.gates
        unitsPerPanel = layout.units
        recurrentColumn = layout.recurrent_column
        peepholes = layout.peepholes
        hasState = layout.has_state
        hasRecurrentBias = layout.has_recurrent_bias
        inputSlots = slots(layout.input_slots)
        recurrentSlots = slots(layout.recurrent_slots)
    }
}

/// The panels that hold the weights and gates of H units, so that a unit's gates lie together.
struct GatePanels: Sendable {
    let cell: CellLayout
    /// H, a multiple of 16.
    let hidden: Int

    /// Number of panels; the last one may be narrower.
    var count: Int { (hidden + cell.unitsPerPanel - 1) / cell.unitsPerPanel }
    /// Columns of a panel of weights.
    var weightColumns: Int { cell.gates * cell.unitsPerPanel }
    /// Columns of all panels of weights.
    var columns: Int { cell.gates * hidden }
}
