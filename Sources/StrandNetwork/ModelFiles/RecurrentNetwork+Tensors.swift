extension RecurrentNetwork where Scalar == Float {
    /// The weights under PyTorch's names: `lstm.weight_ih_l0` (or with another cell's name), ..., `linear.weight`,
    /// `linear.bias`.
    /// PyTorch has no peepholes; here they are `lstm.weight_peephole_l0` (3H), ..., in the order i, f, o.
    ///
    /// Weights (R, C) of a network that `quantised()` made are whole numbers in 8 bits, and beside them there is a tensor
    /// `NAME.scale` (R): a weight is its number times the scale of its row.
    public var tensors: [Tensor] { layout.tensors(of: weights).flatMap { $0.inEightBits ?? [$0] } }

    /// The network of a file: see `StoredNetwork.init(_:)`.
    /// - Throws: the tensor that is missing, superfluous, of another shape or not finite.
    public init(_ file: Safetensors) throws(SafetensorsError.Problem) { self = try StoredNetwork(file).network }
}

extension ParameterLayout {
    /// The flat buffer as PyTorch's tensors, each name after `prefix`. A bias goes into `bias_ih`; its twin is zero.
    func tensors(of flat: Matrix<Float>, prefix: String = "") -> [Tensor] {
        parameters.flatMap { parameter in
            var values = [Float](repeating: 0, count: parameter.shape.reduce(1, *))
            parameter.forEachElement { index, offset in values[index] = flat[0, offset] }
            let tensor = Tensor(name: prefix + parameter.name, shape: parameter.shape, values: values)
            let twin = parameter.twin.map {
                Tensor(name: prefix + $0, shape: parameter.shape, values: values.map { _ in 0 })
            }
            return [tensor] + (twin.map { [$0] } ?? [])
        }
    }

    /// The flat buffer from PyTorch's tensors. Twins are added up; padding is zero.
    /// - Throws: the first tensor that is missing, of another shape, or not finite.
    func flat(
        from file: Safetensors, renamed: (String) -> String = { $0 }
    ) throws(SafetensorsError.Problem) -> Matrix<Float> {
        try StoredNetwork(file, self, renamed: renamed).weights
    }
}
