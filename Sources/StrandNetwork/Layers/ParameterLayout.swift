/// The table of all parameters: one flat buffer, used by initialisation, optimiser, saving and gradient checks alike.
struct ParameterLayout: Sendable {
    let shape: NetworkShape
    let parameters: [Parameter]
    /// Elements of the flat buffer.
    let count: Int
    let layers: [RecurrentLayer]
    let head: LinearLayer

    /// - Parameters:
    ///   - shape: sizes of the network.
    ///   - size: elements of the flat buffer that a weight's matrix takes; nil: one for each weight.
    init(_ shape: NetworkShape, size: ((Parameter.Role, ParameterPacking) -> Int)? = nil) {
        self.shape = shape
        var table = Table(shape: shape, size: size)
        layers = (0..<shape.layers).map { table.appendRecurrentLayer($0) }
        head = table.appendHead()
        parameters = table.parameters
        count = table.count
    }

    /// The weights a backward pass multiplies by: all but those of the first layer's inputs.
    var transposedWeights: [Parameter] { parameters.filter { !$0.isVector && !$0.isInputWeight } }

    /// The flat buffer in parts of at most 64 Ki elements, none across two parameters.
    var parts: [(parameter: Parameter, range: Range<Int>)] {
        parameters.flatMap { parameter in
            stride(from: parameter.range.lowerBound, to: parameter.range.upperBound, by: 1 << 16).map {
                (parameter, $0..<min($0 + 1 << 16, parameter.range.upperBound))
            }
        }
    }
}

/// Parameters in the order in which they lie in memory.
private struct Table {
    let shape: NetworkShape
    let cell: CellLayout
    let size: ((Parameter.Role, ParameterPacking) -> Int)?
    var parameters: [Parameter] = []
    var count = 0

    init(shape: NetworkShape, size: ((Parameter.Role, ParameterPacking) -> Int)?) {
        self.shape = shape
        self.size = size
        cell = shape.cell.layout
    }

    /// Appends a tensor; returns its offset.
    mutating func append(
        _ name: String, _ role: Parameter.Role, _ shape: [Int], _ packing: ParameterPacking, twin: String? = nil
    ) -> Int {
        let start = count
        if shape.count == 1 {
            count += packing.packedRows
        } else {
            count += size?(role, packing) ?? packing.packedRows * packing.packedColumns
        }
        parameters.append(
            Parameter(name: name, role: role, shape: shape, range: start..<count, twin: twin, packing: packing))
        return start
    }

    mutating func appendRecurrentLayer(_ layer: Int) -> RecurrentLayer {
        let inputs = layer == 0 ? shape.inputs : shape.directions * shape.hidden
        let packedInputs = layer == 0 ? shape.inputs : shape.directions * shape.paddedHidden
        let directions = ["", "_reverse"].prefix(shape.directions).map { suffix in
            appendDirection("l\(layer)\(suffix)", layer: layer, inputs: inputs, packedInputs: packedInputs)
        }
        return RecurrentLayer(
            cell: shape.cell.traits.kernelCell, panels: GatePanels(cell: cell, hidden: shape.paddedHidden),
            inputs: packedInputs, directions: directions)
    }

    private mutating func appendDirection(
        _ suffix: String, layer: Int, inputs: Int, packedInputs: Int
    ) -> RecurrentLayer.Direction {
        let (hidden, rows) = (shape.hidden, cell.gates * shape.hidden)
        let module = shape.cell.traits.moduleName
        func name(_ part: String) -> String { "\(module).\(part)_\(suffix)" }
        var ofInputs = packing(of: cell.inputSlots)
        ofInputs.directionUnits = layer == 0 ? nil : hidden
        ofInputs.packedColumns = packedInputs
        let ofUnits = packing(of: cell.recurrentSlots)
        let twin = cell.hasRecurrentBias ? nil : name("bias_hh")
        return RecurrentLayer.Direction(
            inputWeights: append(name("weight_ih"), .inputWeight(layer: layer), [rows, inputs], ofInputs),
            recurrentWeights: append(name("weight_hh"), .recurrentWeight, [rows, hidden], ofUnits),
            bias: append(name("bias_ih"), .inputBias, [rows], ofInputs, twin: twin),
            recurrentBias: cell.hasRecurrentBias ? append(name("bias_hh"), .recurrentBias, [rows], ofUnits) : nil,
            peepholes: cell.peepholes > 0
                ? append(
                    name("weight_peephole"), .peepholes, [cell.peepholes * hidden],
                    packing(of: Array(0..<cell.peepholes)))
                : nil)
    }

    private func packing(of slots: [Int]) -> ParameterPacking {
        // A single gate's units stay in their order.
        let gates = slots.count == 1 ? nil : ParameterPacking.Gates(units: shape.hidden, slots: slots)
        return ParameterPacking(
            gates: gates, packedRows: slots.count * shape.paddedHidden, packedColumns: shape.paddedHidden)
    }

    mutating func appendHead() -> LinearLayer {
        let inputs = shape.directions * shape.paddedHidden
        let packing = ParameterPacking(
            gates: nil, directionUnits: shape.hidden, packedRows: shape.paddedLabels, packedColumns: inputs)
        let weights = append(
            "linear.weight", .headWeight, [shape.labels, shape.directions * shape.hidden], packing)
        let bias = append("linear.bias", .headBias, [shape.labels], packing)
        return LinearLayer(inputs: inputs, outputs: shape.paddedLabels, weights: weights, bias: bias)
    }
}
