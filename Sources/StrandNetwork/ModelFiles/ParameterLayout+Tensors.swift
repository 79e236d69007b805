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
        var found: [(Parameter, Tensor)] = []
        for parameter in parameters {
            for name in [parameter.name, parameter.twin].compactMap({ $0 }) {
                found.append((parameter, try file.tensor(renamed(name), shape: parameter.shape)))
            }
        }
        // Only now is it known that the file is as large as the shape claims.
        var flat = [Float](repeating: 0, count: count)
        for (parameter, tensor) in found {
            parameter.forEachElement { index, offset in flat[offset] += tensor.values[index] }
        }
        // Two finite biases may have an infinite sum.
        for parameter in parameters where !flat[parameter.range].allSatisfy(\.isFinite) {
            throw .notFinite(tensor: renamed(parameter.name))
        }
        return Matrix(rows: 1, columns: count, elements: flat)
    }
}

extension Safetensors {
    fileprivate func tensor(_ name: String, shape: [Int]) throws(SafetensorsError.Problem) -> Tensor {
        guard let tensor = self[name] else { throw .missingTensor(name) }
        guard tensor.shape == shape else {
            throw .tensorShape(tensor: name, expected: shape, found: tensor.shape)
        }
        guard tensor.values.allSatisfy(\.isFinite) else { throw .notFinite(tensor: name) }
        return tensor
    }
}
