/// One named tensor of a network and its place in the flat, packed parameter buffer.
struct Parameter: Sendable {
    /// Name in PyTorch's `state_dict`.
    let name: String
    /// Shape in PyTorch: (out, in) for a weight, (out) for a bias.
    let shape: [Int]
    /// Elements of the flat buffer, those of padding units included.
    let range: Range<Int>
    /// A second tensor of the same shape that PyTorch adds to this one (`bias_hh` beside `bias_ih`).
    let twin: String?

    fileprivate let packing: Packing

    /// Where rows (outputs) and columns (inputs) of the tensor lie in packed memory.
    fileprivate struct Packing: Sendable {
        /// Units of a gate when rows are the gates i, f, g, o of an LSTM; nil: rows stay as they are.
        var gateUnits: Int?
        /// Units of a direction when columns are the two directions' outputs; nil: columns stay as they are.
        var directionUnits: Int?
        /// Rows of packed memory: outputs with padding.
        var packedRows: Int
        /// Columns of packed memory: inputs with padding.
        var packedColumns: Int
    }

    var isBias: Bool { shape.count == 1 }
    /// Whether it multiplies the network's inputs.
    var isInputWeight: Bool { name.hasPrefix("lstm.weight_ih_l0") }

    /// Inputs and outputs of packed memory, with padding: what kernels call inner and columns.
    var packedSize: (inner: Int, columns: Int) { (packing.packedColumns, packing.packedRows) }

    /// Place of an element in the flat buffer.
    func position(row: Int, column: Int) -> Int {
        let out = packing.packedRow(row)
        if isBias { return range.lowerBound + out }
        let panel = out / 64
        let width = min(64, packing.packedRows - panel * 64)
        let inner = packing.packedColumn(column)
        return range.lowerBound + panel * 64 * packing.packedColumns + inner * width + out % 64
    }

    /// Calls `body` with each element's place in the tensor (row-major) and in the flat buffer.
    func forEachPosition(_ body: (_ index: Int, _ position: Int) -> Void) {
        let columns = isBias ? 1 : shape[1]
        for row in 0..<shape[0] {
            for column in 0..<columns { body(row * columns + column, position(row: row, column: column)) }
        }
    }
}

extension Parameter.Packing {
    fileprivate func packedRow(_ row: Int) -> Int {
        guard let gateUnits else { return row }
        let (gate, unit) = row.quotientAndRemainder(dividingBy: gateUnits)
        return unit / 16 * 64 + gate * 16 + unit % 16
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
    let layers: [LSTMLayer]
    let head: LinearLayer

    init(_ shape: NetworkShape) {
        self.shape = shape
        var table = Table()
        layers = (0..<shape.layers).map { table.appendLSTMLayer($0, of: shape) }
        head = table.appendHead(of: shape)
        parameters = table.parameters
        count = table.count
    }

    /// The weights a backward pass multiplies by: all but those of the first layer's inputs.
    var transposedWeights: [(start: Int, inner: Int, columns: Int)] {
        let inner = layers.enumerated().flatMap { index, layer in
            layer.directions.flatMap { direction in
                [(direction.recurrentWeights, layer.hidden, 4 * layer.hidden)]
                    + (index == 0 ? [] : [(direction.inputWeights, layer.inputs, 4 * layer.hidden)])
            }
        }
        return inner + [(head.weights, head.inputs, head.outputs)]
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
    var parameters: [Parameter] = []
    var count = 0

    mutating func append(_ name: String, _ shape: [Int], _ packing: Parameter.Packing, twin: String? = nil) -> Int {
        let size = packing.packedRows * (shape.count == 1 ? 1 : packing.packedColumns)
        let start = count
        count += size
        parameters.append(Parameter(name: name, shape: shape, range: start..<count, twin: twin, packing: packing))
        return start
    }

    mutating func appendLSTMLayer(_ layer: Int, of shape: NetworkShape) -> LSTMLayer {
        let inputs = layer == 0 ? shape.inputs : 2 * shape.hidden
        let packedInputs = layer == 0 ? shape.inputs : 2 * shape.paddedHidden
        let directions = ["", "_reverse"].map { suffix in
            let gates = 4 * shape.hidden
            var packing = Parameter.Packing(
                gateUnits: shape.hidden, directionUnits: layer == 0 ? nil : shape.hidden,
                packedRows: 4 * shape.paddedHidden, packedColumns: packedInputs)
            let input = append("lstm.weight_ih_l\(layer)\(suffix)", [gates, inputs], packing)
            packing.directionUnits = nil
            packing.packedColumns = shape.paddedHidden
            let recurrent = append("lstm.weight_hh_l\(layer)\(suffix)", [gates, shape.hidden], packing)
            let bias = append(
                "lstm.bias_ih_l\(layer)\(suffix)", [gates], packing, twin: "lstm.bias_hh_l\(layer)\(suffix)")
            return LSTMLayer.Direction(inputWeights: input, recurrentWeights: recurrent, bias: bias)
        }
        return LSTMLayer(inputs: packedInputs, hidden: shape.paddedHidden, directions: directions)
    }

    mutating func appendHead(of shape: NetworkShape) -> LinearLayer {
        let packing = Parameter.Packing(
            gateUnits: nil, directionUnits: shape.hidden, packedRows: shape.paddedLabels,
            packedColumns: 2 * shape.paddedHidden)
        let weights = append("linear.weight", [shape.labels, 2 * shape.hidden], packing)
        let bias = append("linear.bias", [shape.labels], packing)
        return LinearLayer(inputs: 2 * shape.paddedHidden, outputs: shape.paddedLabels, weights: weights, bias: bias)
    }
}
