extension ParameterLayout {
    /// The flat buffer as PyTorch's tensors, names after `prefix`. A bias goes into `bias_ih`, its twin is zero.
    func tensors(of flat: Matrix<Float>, prefix: String = "") -> [Tensor] {
        parameters.flatMap { parameter in
            var values = [Float](repeating: 0, count: parameter.shape.reduce(1, *))
            parameter.forEachPosition { index, position in values[index] = flat[0, position] }
            let tensor = Tensor(name: prefix + parameter.name, shape: parameter.shape, values: values)
            let twin = parameter.twin.map {
                Tensor(name: prefix + $0, shape: parameter.shape, values: values.map { _ in 0 })
            }
            return [tensor] + (twin.map { [$0] } ?? [])
        }
    }

    /// The flat buffer from PyTorch's tensors; twins are added up, padding is zero.
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
        var flat = Matrix<Float>(rows: 1, columns: count)
        flat.withMutableElements { flat in
            for (parameter, tensor) in found {
                parameter.forEachPosition { index, position in flat[position] += tensor.values[index] }
            }
        }
        // Two finite biases may add up to what is not.
        for parameter in parameters where parameter.range.contains(where: { !flat[0, $0].isFinite }) {
            throw .notFinite(tensor: renamed(parameter.name))
        }
        return flat
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
