extension BiLSTM where Scalar == Float {
    /// The weights under PyTorch's names: `lstm.weight_ih_l0`, ..., `linear.weight`, `linear.bias`.
    public var tensors: [Tensor] { layout.tensors(of: weights) }

    /// A network from the `state_dict` of a PyTorch tagger: one bidirectional `nn.LSTM` with biases and one `nn.Linear`,
    /// whatever the module calls them. Sizes are read off the tensors.
    /// - Throws: what is missing, superfluous, of another shape or not finite.
    public init(_ file: Safetensors) throws(SafetensorsError.Problem) {
        let names = try ModuleNames(in: file)
        let shape = try names.shape(in: file)
        let layout = ParameterLayout(shape)
        let weights = try layout.flat(from: file, renamed: names.renamed)
        let known = Set(layout.parameters.flatMap { [$0.name, $0.twin].compactMap { $0 } }.map(names.renamed))
        if let extra = file.tensors.first(where: { !known.contains($0.name) }) { throw .unexpectedTensor(extra.name) }
        self.init(shape: shape, weights: weights)
    }
}

/// What a PyTorch module calls its LSTM and its linear layer.
private struct ModuleNames {
    /// "lstm." in "lstm.weight_ih_l0"
    let lstm: String
    /// "linear." in "linear.weight"
    let linear: String

    init(in file: Safetensors) throws(SafetensorsError.Problem) {
        let marker = "weight_ih_l0"
        guard let first = file.tensors.first(where: { $0.name.hasSuffix(marker) }) else { throw .noLSTM }
        let lstm = String(first.name.dropLast(marker.count))
        let parts = ["weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l"].map { lstm + $0 }
        let candidates = file.tensors.filter { tensor in
            tensor.shape.count == 2 && tensor.name.hasSuffix("weight") && !parts.contains { tensor.name.hasPrefix($0) }
        }
        guard candidates.count == 1 else { throw .noHead(candidates: candidates.map(\.name)) }
        self.lstm = lstm
        self.linear = String(candidates[0].name.dropLast("weight".count))
    }

    /// The name in the file of a parameter of the layout.
    func renamed(_ name: String) -> String {
        if name.hasPrefix("lstm.") { return lstm + name.dropFirst("lstm.".count) }
        return linear + name.dropFirst("linear.".count)
    }

    func shape(in file: Safetensors) throws(SafetensorsError.Problem) -> NetworkShape {
        let first = file[lstm + "weight_ih_l0"]?.shape ?? []
        let head = file[linear + "weight"]?.shape ?? []
        guard first.count == 2, first[0] > 0, first[0] % 4 == 0, first[1] > 0 else {
            throw .badShape(tensor: lstm + "weight_ih_l0", shape: first)
        }
        // Empty sides would let a shape claim more than the file's bytes.
        guard head.count == 2, head[0] > 0, head[1] > 0 else { throw .badShape(tensor: linear + "weight", shape: head) }
        let most = NetworkShape.mostLayers
        let layers = (1..<most).first { file[lstm + "weight_ih_l\($0)"] == nil } ?? most
        return NetworkShape(inputs: first[1], hidden: first[0] / 4, layers: layers, labels: head[0])
    }
}
