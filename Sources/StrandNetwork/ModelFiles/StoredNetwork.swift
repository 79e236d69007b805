/// A network as a file has it: checked, its weights decoded when they are wanted.
public struct StoredNetwork: Sendable {
    let layout: ParameterLayout
    /// Of each parameter the tensors that add up to it.
    private let tensors: [[ScaledTensor]]

    /// Sizes of the network.
    public var shape: NetworkShape { layout.shape }

    /// A network from the `state_dict` of a PyTorch tagger: one `nn.LSTM`, `nn.GRU` or `nn.RNN` (tanh) with biases, in one
    /// direction or both, and one `nn.Linear`, under any names. The cell and the sizes follow from the tensors' shapes.
    /// - Throws: the tensor that is missing, superfluous, of another shape or not finite.
    public init(_ file: Safetensors) throws(SafetensorsError.Problem) {
        let names = try ModuleNames(in: file)
        let shape = try names.shape(in: file)
        let layout = ParameterLayout(shape)
        func renamed(_ name: String) -> String { names.renamed(name, of: shape.cell) }
        try self.init(file, layout, renamed: renamed)
        let known = Set(layout.parameters.flatMap { [$0.name, $0.twin].compactMap { $0 } }.map(renamed))
        let isKnown = { (name: String) in
            known.contains(name)
                || name.hasSuffix(Tensor.scaleSuffix)
                    && known.contains(String(name.dropLast(Tensor.scaleSuffix.count)))
        }
        if let extra = file.tensors.first(where: { !isKnown($0.name) }) { throw .unexpectedTensor(extra.name) }
    }

    /// - Throws: the first tensor that is missing, of another shape, or not finite.
    init(
        _ file: Safetensors, _ layout: ParameterLayout, renamed: (String) -> String
    ) throws(SafetensorsError.Problem) {
        self.layout = layout
        var tensors: [[ScaledTensor]] = []
        for parameter in layout.parameters {
            var ofParameter: [ScaledTensor] = []
            for name in [parameter.name, parameter.twin].compactMap({ $0 }) {
                ofParameter.append(try ScaledTensor(renamed(name), shape: parameter.shape, in: file))
            }
            tensors.append(ofParameter)
        }
        self.tensors = tensors
        // Only now is it known that the file is as large as the shape claims.
        for (index, ofParameter) in tensors.enumerated() {
            for tensor in ofParameter where !tensor.isFinite { throw .notFinite(tensor: tensor.name) }
            // Two finite biases may have an infinite sum.
            if ofParameter.count > 1, !weights(of: index).elements.allSatisfy(\.isFinite) {
                throw .notFinite(tensor: ofParameter[0].name)
            }
        }
    }

    /// All weights decoded.
    public var network: RecurrentNetwork<Float> { RecurrentNetwork(shape: shape, weights: weights) }

    /// (1, count): all weights where the layout says; padding is zero.
    var weights: Matrix<Float> {
        var flat = Matrix<Float>(unfilled: 1, layout.count, isReusable: false)
        for (index, parameter) in layout.parameters.enumerated() {
            flat.replace(from: parameter.range.lowerBound, with: weights(of: index))
        }
        return flat
    }

    /// (1, elements of its range): those of one parameter. Twins are added up.
    func weights(of index: Int) -> Matrix<Float> {
        let parameter = layout.parameters[index]
        var weights = Matrix<Float>(rows: 1, columns: parameter.range.count)
        for tensor in tensors[index] {
            let values = tensor.values
            weights.update { weights in
                parameter.forEachElement { index, offset in
                    weights[offset - parameter.range.lowerBound] += values[index]
                }
            }
        }
        return weights
    }
}

/// A tensor whose numbers may be multiples of scales of their rows.
private struct ScaledTensor: Sendable {
    private let tensor: Tensor
    private let scales: [Float]?

    var name: String { tensor.name }

    init(_ name: String, shape: [Int], in file: Safetensors) throws(SafetensorsError.Problem) {
        tensor = try file.tensor(name, shape: shape)
        let ofScales = name + Tensor.scaleSuffix
        let isScaled = tensor.storage == .signedByte || file[ofScales] != nil
        scales = isScaled ? try file.tensor(ofScales, shape: [shape[0]]).values : nil
    }

    var values: [Float] {
        var values = tensor.values
        guard let scales else { return values }
        let columns = values.count / max(scales.count, 1)
        for index in values.indices { values[index] *= scales[index / columns] }
        return values
    }

    var isFinite: Bool {
        // Of numbers in 8 bits the scales tell.
        if tensor.storage == .signedByte, let scales, scales.allSatisfy({ ($0 * 128).isFinite }) { return true }
        return values.allSatisfy(\.isFinite)
    }
}

/// The names that a PyTorch module gives its recurrent and its linear layer.
private struct ModuleNames {
    /// "lstm." in "lstm.weight_ih_l0"
    let recurrent: String
    /// "linear." in "linear.weight"
    let linear: String

    init(in file: Safetensors) throws(SafetensorsError.Problem) {
        let marker = "weight_ih_l0"
        guard let first = file.tensors.first(where: { $0.name.hasSuffix(marker) }) else { throw .noRecurrentLayer }
        let recurrent = String(first.name.dropLast(marker.count))
        let parts = ["weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l"].map { recurrent + $0 }
        let candidates = file.tensors.filter { tensor in
            tensor.shape.count == 2 && tensor.name.hasSuffix("weight") && !parts.contains { tensor.name.hasPrefix($0) }
        }
        guard candidates.count == 1 else { throw .noHead(candidates: candidates.map(\.name)) }
        self.recurrent = recurrent
        self.linear = String(candidates[0].name.dropLast("weight".count))
    }

    /// The name in the file of a parameter of the layout.
    func renamed(_ name: String, of cell: RecurrentCell) -> String {
        let module = cell.traits.moduleName + "."
        if name.hasPrefix(module) { return recurrent + name.dropFirst(module.count) }
        return linear + name.dropFirst("linear.".count)
    }

    func shape(in file: Safetensors) throws(SafetensorsError.Problem) -> NetworkShape {
        let first = file[recurrent + "weight_ih_l0"]?.shape ?? []
        guard let units = file[recurrent + "weight_hh_l0"]?.shape else {
            throw .missingTensor(recurrent + "weight_hh_l0")
        }
        let head = file[linear + "weight"]?.shape ?? []
        // Empty sides would let a shape claim more than the file's bytes.
        guard first.count == 2, first[0] > 0, first[1] > 0 else {
            throw .badShape(tensor: recurrent + "weight_ih_l0", shape: first)
        }
        guard units.count == 2, units[0] == first[0], units[1] > 0,
            let cell = cell(gates: first[0], hidden: units[1], in: file)
        else {
            throw .badShape(tensor: recurrent + "weight_hh_l0", shape: units)
        }
        guard head.count == 2, head[0] > 0, head[1] > 0 else { throw .badShape(tensor: linear + "weight", shape: head) }
        let most = NetworkShape.mostLayers
        let layers = (1..<most).first { file[recurrent + "weight_ih_l\($0)"] == nil } ?? most
        return NetworkShape(
            cell: cell, isBidirectional: isBidirectional(file), inputs: first[1],
            hidden: units[1], layers: layers, labels: head[0])
    }

    /// The cell whose gates take so many rows for H units.
    private func cell(gates rows: Int, hidden: Int, in file: Safetensors) -> RecurrentCell? {
        let hasPeepholes = file[recurrent + "weight_peephole_l0"] != nil
        return RecurrentCell.allCases.first {
            rows % hidden == 0 && rows / hidden == $0.gates
                && ($0.layout.peepholes > 0) == (hasPeepholes && $0.gates == RecurrentCell.peepholeLSTM.gates)
        }
    }

    /// Whether any tensor belongs to the second direction.
    private func isBidirectional(_ file: Safetensors) -> Bool {
        file.tensors.contains { $0.name.hasPrefix(recurrent) && $0.name.hasSuffix("_reverse") }
    }
}

extension PreparedNetwork where Scalar == Float {
    /// Packs the weights of a file for `compute`. All of them at once are never in memory, unless products read them as they
    /// are.
    public init(_ network: StoredNetwork, for compute: Compute) {
        self.init(network.layout, for: compute, weights: network.weights(of:)) { network.weights }
    }
}

extension Safetensors {
    fileprivate func tensor(_ name: String, shape: [Int]) throws(SafetensorsError.Problem) -> Tensor {
        guard let tensor = self[name] else { throw .missingTensor(name) }
        guard tensor.shape == shape else {
            throw .tensorShape(tensor: name, expected: shape, found: tensor.shape)
        }
        return tensor
    }
}
