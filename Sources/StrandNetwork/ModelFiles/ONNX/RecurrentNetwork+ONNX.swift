extension RecurrentNetwork where Scalar == Float {
    /// Adds the network to a graph: operators from features to probabilities, with weights in 32 bits.
    ///
    /// Every layer is one node of ONNX's `LSTM`, `GRU` or `RNN`, with time before batch, the only layout that ONNX Runtime
    /// runs.
    /// - Parameters:
    ///   - graph: the graph.
    ///   - features: the name of the features (T, B, I), float32.
    ///   - lengths: the name of the sequences' lengths (B), int32.
    ///   - temperature: divides the logits before the softmax.
    /// - Returns: the name of the probabilities (B, T, K). Rows after the end of a sequence may hold anything.
    /// - Throws: `badMetadata` for a cell that ONNX lacks, and for a network that is too large for a file.
    package func add(
        to graph: inout ONNXGraph, features: String, lengths: String, temperature: Float
    ) throws(SafetensorsError.Problem) -> String {
        guard let cell = ONNXCell(shape.cell) else {
            throw .badMetadata(
                key: "network", reason: "it is made of \(shape.cell.title) units, for which ONNX has no operator")
        }
        let bytes = layout.bytesInONNX
        guard bytes < ONNXModel.mostBytes else {
            throw .badMetadata(
                key: "network", reason: "in 32 bits it takes \(bytes) bytes, and an ONNX file holds less than 2 GiB")
        }
        let tensors = Dictionary(uniqueKeysWithValues: layout.tensors(of: weights).map { ($0.name, $0.values) })
        var outputs = features
        for layer in 0..<shape.layers {
            outputs = add(layer, of: cell, to: &graph, tensors, inputs: outputs, lengths: lengths)
        }
        return addHead(to: &graph, tensors, outputs: outputs, temperature: temperature)
    }

    /// From inputs (T, B, I or D x H) to outputs (T, B, D x H); D directions, G gates.
    private func add(
        _ layer: Int, of cell: ONNXCell, to graph: inout ONNXGraph, _ tensors: [String: [Float]], inputs: String,
        lengths: String
    ) -> String {
        let (module, hidden, directions) = (shape.cell.traits.moduleName, shape.hidden, shape.directions)
        // For each direction the given tensors, their gates in the operator's order.
        func ordered(_ parts: [String], _ order: [Int]) -> [Float] {
            ["", "_reverse"].prefix(directions).flatMap { suffix in
                parts.flatMap { part in
                    let tensor = tensors["\(module).\(part)_l\(layer)\(suffix)"]!
                    let size = tensor.count / order.count
                    return order.flatMap { tensor[$0 * size..<($0 + 1) * size] }
                }
            }
        }
        let (name, rows) = ("\(module).l\(layer)", cell.gates.count * hidden)
        let width = layer == 0 ? shape.inputs : directions * hidden
        let w = graph.constant("\(name).W", shape: [directions, rows, width], ordered(["weight_ih"], cell.gates))
        let r = graph.constant("\(name).R", shape: [directions, rows, hidden], ordered(["weight_hh"], cell.gates))
        let b = graph.constant(
            "\(name).B", shape: [directions, 2 * rows], ordered(["bias_ih", "bias_hh"], cell.gates))
        var operands = [inputs, w, r, b, lengths]
        if let peepholes = cell.peepholes {
            // The states before the first step are left out: they are 0.
            let shape = [directions, peepholes.count * hidden]
            let p = graph.constant("\(name).P", shape: shape, ordered(["weight_peephole"], peepholes))
            operands += ["", "", p]
        }
        let direction = shape.isBidirectional ? "bidirectional" : "forward"
        let attributes: [ONNXGraph.Attribute] = [.text("direction", direction), .integer("hidden_size", hidden)]
        let states = graph.add(cell.type, operands, to: "\(name).Y", attributes + cell.attributes)
        // (T, D, B, H) to (T, B, D, H) to (T, B, D x H), where 0 keeps a side.
        let beside = graph.add("Transpose", [states], to: "\(name).beside", [.integers("perm", [0, 2, 1, 3])])
        let sides = graph.constant("\(name).sides", [0, 0, directions * hidden])
        return graph.add("Reshape", [beside, sides], to: name)
    }

    /// softmax((y W^T + b) / temperature): from outputs (T, B, D x H) to probabilities (B, T, K).
    private func addHead(
        to graph: inout ONNXGraph, _ tensors: [String: [Float]], outputs: String, temperature: Float
    ) -> String {
        let (labels, width, weights) = (shape.labels, shape.directions * shape.hidden, tensors["linear.weight"]!)
        let transposed = (0..<width).flatMap { column in (0..<labels).map { weights[$0 * width + column] } }
        let matrix = graph.constant("linear.W", shape: [width, labels], transposed)
        let bias = graph.constant("linear.b", shape: [labels], tensors["linear.bias"]!)
        let divisor = graph.constant("temperature", shape: [1], [temperature])
        let products = graph.add("MatMul", [outputs, matrix], to: "linear.products")
        let logits = graph.add("Add", [products, bias], to: "logits")
        let scaled = graph.add("Div", [logits, divisor], to: "logits.scaled")
        let shares = graph.add("Softmax", [scaled], to: "probabilities.by_time", [.integer("axis", -1)])
        return graph.add("Transpose", [shares], to: "probabilities", [.integers("perm", [1, 0, 2])])
    }
}

extension ParameterLayout {
    /// Bytes of the weights in an ONNX file, where each twin is written too.
    var bytesInONNX: Int {
        parameters.reduce(0) { sum, parameter in
            let count = parameter.shape.reduce(1, *) * (parameter.twin == nil ? 1 : 2)
            return sum + MemoryLayout<Float>.size * count
        }
    }
}

/// ONNX's operator for a cell.
private struct ONNXCell {
    let type: String
    /// For each gate in the operator's order, its index in the order of files.
    let gates: [Int]
    /// The same for peepholes; nil if there are none.
    var peepholes: [Int]?
    var attributes: [ONNXGraph.Attribute] = []

    /// Nil if ONNX has no such operator.
    init?(_ cell: RecurrentCell) {
        let order: [RecurrentGate?]
        switch cell {
        case .lstm, .peepholeLSTM: (type, order) = ("LSTM", [.input, .output, .forget, nil])
        case .gru: (type, order) = ("GRU", [.update, .reset, nil])
        case .rnn: (type, order) = ("RNN", [nil])
        case .mgu: return nil
        }
        gates = order.map { cell.traits.gates.firstIndex(of: $0)! }
        // i, o, f of i, f, o.
        if cell == .peepholeLSTM { peepholes = [0, 2, 1] }
        // The reset gate is applied after the product with the units, as in PyTorch.
        if cell == .gru { attributes = [.integer("linear_before_reset", 1)] }
    }
}
