/// One named tensor of a network and where it lies in the flat, packed parameter buffer.
struct Parameter: Sendable {
    /// What a parameter does in the network.
    enum Role: Sendable, Equatable {
        /// W of a recurrent layer, the first being 0.
        case inputWeight(layer: Int)
        /// U of a recurrent layer.
        case recurrentWeight
        /// What a recurrent layer adds to the sums over its inputs.
        case inputBias
        /// What it adds to the sums over its units, if that is another.
        case recurrentBias
        case peepholes
        case headWeight
        case headBias

        /// Whether its weights lead from units to units: not from inputs, nor to logits.
        var joinsUnits: Bool {
            switch self {
            case .inputWeight(let layer): layer > 0
            case .recurrentWeight: true
            default: false
            }
        }
    }

    /// Name in PyTorch's `state_dict`.
    let name: String
    let role: Role
    /// Shape in PyTorch: (out, in) for a weight, (out) for a bias or peepholes.
    let shape: [Int]
    /// Elements of the flat buffer, those of padding units included.
    let range: Range<Int>
    /// A second tensor of the same shape that PyTorch adds to this one (`bias_hh` beside `bias_ih`).
    let twin: String?
    let packing: ParameterPacking

    var isVector: Bool { shape.count == 1 }
    /// Whether it multiplies the network's inputs.
    var isInputWeight: Bool { role == .inputWeight(layer: 0) }

    /// Offset of an element in the flat buffer.
    func offset(row: Int, column: Int) -> Int {
        let (start, step) = place(ofRow: row)
        return start + packing.packedColumn(column) * step
    }

    /// Where a row starts in the flat buffer, and how far its columns are from each other.
    private func place(ofRow row: Int) -> (start: Int, step: Int) {
        let out = packing.packedRow(row)
        if isVector { return (range.lowerBound + out, 0) }
        let (panel, columnOfPanel) = out.quotientAndRemainder(dividingBy: packing.panelRows)
        let first = panel * packing.panelRows
        return (
            range.lowerBound + first * packing.packedColumns + columnOfPanel,
            min(packing.panelRows, packing.packedRows - first)
        )
    }

    /// Calls `body` with each element's index in the tensor (row-major) and its offset in the flat buffer.
    func forEachElement(_ body: (_ index: Int, _ offset: Int) -> Void) {
        let columns = isVector ? 1 : shape[1]
        for row in 0..<shape[0] {
            let (start, step) = place(ofRow: row)
            for column in 0..<columns { body(row * columns + column, start + packing.packedColumn(column) * step) }
        }
    }
}

/// Where rows (outputs) and columns (inputs) of a tensor lie in packed memory.
struct ParameterPacking: Sendable {
    /// Set if rows are gates of a recurrent layer; nil: rows stay in their order.
    var gates: Gates?
    /// Units of a direction if columns are the two directions' outputs; nil: columns stay in their order.
    var directionUnits: Int?
    /// Rows of packed memory: outputs with padding.
    var packedRows: Int
    /// Columns of packed memory: inputs with padding.
    var packedColumns: Int

    struct Gates: Sendable {
        /// H, without padding.
        let units: Int
        /// For each gate, in the order of files, the gates before it in a panel.
        let slots: [Int]
    }

    /// Outputs of a panel.
    var panelRows: Int { gates.map { KernelWidth.lanes * $0.slots.count } ?? KernelWidth.panel }

    fileprivate func packedRow(_ row: Int) -> Int {
        guard let gates else { return row }
        let (gate, unit) = row.quotientAndRemainder(dividingBy: gates.units)
        let (panel, lane) = unit.quotientAndRemainder(dividingBy: KernelWidth.lanes)
        return panel * panelRows + gates.slots[gate] * KernelWidth.lanes + lane
    }

    fileprivate func packedColumn(_ column: Int) -> Int {
        guard let directionUnits, column >= directionUnits else { return column }
        return roundedUpToLanes(directionUnits) + column - directionUnits
    }
}
