/// One named tensor of a network and its place in the flat, packed parameter buffer.
struct Parameter: Sendable {
    /// Name in PyTorch's `state_dict`.
    let name: String
    /// Shape in PyTorch: (out, in) for a weight, (out) for a bias or peepholes.
    let shape: [Int]
    /// Elements of the flat buffer, those of padding units included.
    let range: Range<Int>
    /// A second tensor of the same shape that PyTorch adds to this one (`bias_hh` beside `bias_ih`).
    let twin: String?

    fileprivate let packing: Packing

    /// Where rows (outputs) and columns (inputs) of the tensor lie in packed memory.
    fileprivate struct Packing: Sendable {
        /// When rows are gates of a recurrent layer; nil: rows stay as they are.
        var gates: Gates?
        /// Units of a direction when columns are the two directions' outputs; nil: columns stay as they are.
        var directionUnits: Int?
        /// Rows of packed memory: outputs with padding.
        var packedRows: Int
        /// Columns of packed memory: inputs with padding.
        var packedColumns: Int

        struct Gates: Sendable {
            /// H, without padding.
            let units: Int
            /// For each gate of PyTorch its place among those of a panel.
            let places: [Int]
        }
    }

    var isVector: Bool { shape.count == 1 }
    /// Whether it is what a recurrent layer adds to the sums over its inputs.
    var isGateBias: Bool { name.contains(".bias_ih_l") }
    /// Whether it multiplies the network's inputs.
    var isInputWeight: Bool { name.contains(".weight_ih_l0") }

    /// Inputs and outputs of packed memory, with padding, and the outputs of a panel: what kernels call inner, columns
    /// and panel.
    var packedSize: (inner: Int, columns: Int, panel: Int) {
        (packing.packedColumns, packing.packedRows, packing.panelRows)
    }

    /// Place of an element in the flat buffer.
    func position(row: Int, column: Int) -> Int {
        let out = packing.packedRow(row)
        if isVector { return range.lowerBound + out }
        let (panel, place) = out.quotientAndRemainder(dividingBy: packing.panelRows)
        let first = panel * packing.panelRows
        let width = min(packing.panelRows, packing.packedRows - first)
        return range.lowerBound + first * packing.packedColumns + packing.packedColumn(column) * width + place
    }

    /// Calls `body` with each element's place in the tensor (row-major) and in the flat buffer.
    func forEachPosition(_ body: (_ index: Int, _ position: Int) -> Void) {
        let columns = isVector ? 1 : shape[1]
        for row in 0..<shape[0] {
            for column in 0..<columns { body(row * columns + column, position(row: row, column: column)) }
        }
    }
}

extension Parameter.Packing {
    /// Outputs of a panel.
    fileprivate var panelRows: Int { gates.map { 16 * $0.places.count } ?? 64 }

    fileprivate func packedRow(_ row: Int) -> Int {
        guard let gates else { return row }
        let (gate, unit) = row.quotientAndRemainder(dividingBy: gates.units)
        return unit / 16 * panelRows + gates.places[gate] * 16 + unit % 16
    }

    fileprivate func packedColumn(_ column: Int) -> Int {
        guard let directionUnits, column >= directionUnits else { return column }
        return roundedUpToLanes(directionUnits) + column - directionUnits
    }
}

/// The table of all parameters: one flat buffer, used by initialisation, optimiser, saving and gradient checks alike.
struct ParameterLayout: Sendable {
    let shape: NetworkShape
    let parameters: [Parameter]
    /// Elements of the flat buffer.
    let count: Int
    let layers: [RecurrentLayer]
    let head: LinearLayer

    /// Weights that a backward pass multiplies by.
    struct Transposed: Sendable {
        let start: Int
        let inner: Int
        let columns: Int
        /// Columns of a panel.
        let panel: Int
    }

    init(_ shape: NetworkShape) {
        self.shape = shape
        var table = Table(shape: shape)
        layers = (0..<shape.layers).map { table.appendRecurrentLayer($0) }
        head = table.appendHead()
        parameters = table.parameters
        count = table.count
    }

    /// The weights a backward pass multiplies by: all but those of the first layer's inputs.
    var transposedWeights: [Transposed] {
        parameters.filter { !$0.isVector && !$0.isInputWeight }.map { parameter in
            let size = parameter.packedSize
            return Transposed(
                start: parameter.range.lowerBound, inner: size.inner, columns: size.columns, panel: size.panel)
        }
    }

    /// The flat buffer in parts of at most 64 Ki elements, none across two parameters.
    var parts: [(parameter: Parameter, range: Range<Int>)] {
        parameters.flatMap { parameter in
            stride(from: parameter.range.lowerBound, to: parameter.range.upperBound, by: 1 << 16).map {
                (parameter, $0..<min($0 + 1 << 16, parameter.range.upperBound))
            }
        }
    }
}

/// Parameters in the order in which they are laid down.
private struct Table {
    let shape: NetworkShape
    var parameters: [Parameter] = []
    var count = 0

    init(shape: NetworkShape) { self.shape = shape }

    mutating func append(_ name: String, _ shape: [Int], _ packing: Parameter.Packing, twin: String? = nil) -> Int {
        let size = packing.packedRows * (shape.count == 1 ? 1 : packing.packedColumns)
        let start = count
        count += size
        parameters.append(Parameter(name: name, shape: shape, range: start..<count, twin: twin, packing: packing))
        return start
    }

    mutating func appendRecurrentLayer(_ layer: Int) -> RecurrentLayer {
        let (cell, hidden) = (shape.cell, shape.paddedHidden)
        let inputs = layer == 0 ? shape.inputs : shape.directions * shape.hidden
        let packedInputs = layer == 0 ? shape.inputs : shape.directions * hidden
        let places = GatePanels(cell: cell, hidden: hidden).places

        func packing(of places: [Int]) -> Parameter.Packing {
            // A single gate's units stay in their order.
            let gates = places.count == 1 ? nil : Parameter.Packing.Gates(units: shape.hidden, places: places)
            return .init(gates: gates, packedRows: places.count * hidden, packedColumns: hidden)
        }

        let directions = ["", "_reverse"].prefix(shape.directions).map { suffix in
            let rows = cell.gates * shape.hidden
            func name(_ part: String) -> String { "\(cell.moduleName).\(part)_l\(layer)\(suffix)" }
            var ofInputs = packing(of: places.input)
            ofInputs.directionUnits = layer == 0 ? nil : shape.hidden
            ofInputs.packedColumns = packedInputs
            let ofUnits = packing(of: places.recurrent)
            return RecurrentLayer.Direction(
                inputWeights: append(name("weight_ih"), [rows, inputs], ofInputs),
                recurrentWeights: append(name("weight_hh"), [rows, shape.hidden], ofUnits),
                bias: append(name("bias_ih"), [rows], ofInputs, twin: cell == .gru ? nil : name("bias_hh")),
                recurrentBias: cell == .gru ? append(name("bias_hh"), [rows], ofUnits) : nil,
                peepholes: cell.hasPeepholes
                    ? append(name("weight_peephole"), [3 * shape.hidden], packing(of: [0, 1, 2])) : nil)
        }
        return RecurrentLayer(cell: cell, inputs: packedInputs, hidden: hidden, directions: directions)
    }

    mutating func appendHead() -> LinearLayer {
        let inputs = shape.directions * shape.paddedHidden
        let packing = Parameter.Packing(
            gates: nil, directionUnits: shape.hidden, packedRows: shape.paddedLabels, packedColumns: inputs)
        let weights = append("linear.weight", [shape.labels, shape.directions * shape.hidden], packing)
        let bias = append("linear.bias", [shape.labels], packing)
        return LinearLayer(inputs: inputs, outputs: shape.paddedLabels, weights: weights, bias: bias)
    }
}
