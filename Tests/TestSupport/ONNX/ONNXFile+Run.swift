import Foundation

extension ONNXFile {
    /// Runs the graph by the equations of ONNX's specification, in double precision: what its output holds.
    public func run(_ inputs: [String: Tensor]) throws -> Tensor {
        var values = constants.merging(inputs) { $1 }
        for node in nodes {
            let operands = try node.inputs.map { name -> Tensor? in
                guard name.isEmpty || values[name] != nil else { throw Malformed(reason: "no value '\(name)' yet") }
                return values[name]
            }
            values[node.output] = try node.result(of: operands)
        }
        guard let output = outputs.first, let result = values[output.name] else { throw Malformed(reason: "no output") }
        return result
    }
}

extension ONNXFile.Node {
    fileprivate typealias Tensor = ONNXFile.Tensor

    fileprivate func result(of operands: [Tensor?]) throws -> Tensor {
        let all = operands.compactMap { $0 }
        switch type {
        case "Cast": return all[0]
        case "Transpose": return all[0].transposed(numbers["perm"]!)
        case "Gather" where numbers["axis"] == [0]: return all[0].rows(all[1])
        case "Concat" where numbers["axis"] == [2]: return all[0].beside(all[1])
        case "Reshape":
            let sides = all[1].values.enumerated().map { $1 == 0 ? all[0].shape[$0] : Int($1) }
            return Tensor(shape: sides, values: all[0].values)
        case "MatMul": return all[0].times(all[1])
        case "Add":
            let addends = all[1].values
            return all[0].mapRows { zip($0, addends).map { $0 + $1 } }
        case "Div":
            let divisor = all[1].values[0]
            return all[0].mapRows { $0.map { $0 / divisor } }
        case "Softmax" where numbers["axis"] == [-1]:
            return all[0].mapRows { row in
                let powers = row.map { exp($0 - row.max()!) }
                return powers.map { $0 / powers.reduce(0, +) }
            }
        case "LSTM", "GRU", "RNN": return recurrent(operands)
        default: throw ONNXFile.Malformed(reason: "operator \(type) \(numbers)")
        }
    }

    /// X (T, B, I), W (D, G x H, I), R (D, G x H, H), B (D, 2 x G x H), lengths (B), P (D, 3 x H) to Y (T, D, B, H).
    private func recurrent(_ operands: [Tensor?]) -> Tensor {
        let (x, w, r, b) = (operands[0]!, operands[1]!, operands[2]!, operands[3]!)
        let lengths = operands[4]!.values.map { Int($0) }
        let peepholes = operands.count > 7 ? operands[7]! : nil
        let (hidden, rows, width) = (numbers["hidden_size"]![0], w.shape[1], w.shape[2])
        let (directions, sequences) = (w.shape[0], lengths.count)
        precondition(directions == (texts["direction"] == "bidirectional" ? 2 : 1))
        var y = Tensor(
            shape: [x.shape[0], directions, sequences, hidden],
            // What stands after the end of a sequence is not defined.
            values: Array(repeating: .nan, count: x.shape[0] * directions * sequences * hidden))
        for direction in 0..<directions {
            let cell = ONNXFile.Cell(
                type: type, hidden: hidden, isResetBehind: numbers["linear_before_reset"] == [1],
                w: w.part(direction), r: r.part(direction), b: b.part(direction), p: peepholes?.part(direction))
            for (sequence, length) in lengths.enumerated() {
                var (h, c) = (cell.nothing, cell.nothing)
                for step in direction == 0 ? Array(0..<length) : (0..<length).reversed() {
                    let start = (step * sequences + sequence) * width
                    (h, c) = cell.next(Array(x.values[start..<start + width]), h, c, rows: rows)
                    let place = ((step * directions + direction) * sequences + sequence) * hidden
                    y.values.replaceSubrange(place..<place + hidden, with: h)
                }
            }
        }
        return y
    }
}

extension ONNXFile.Tensor {
    /// The k-th of the tensors that the first side counts.
    fileprivate func part(_ index: Int) -> [Double] {
        let size = values.count / shape[0]
        return Array(values[index * size..<(index + 1) * size])
    }

    fileprivate func mapRows(_ change: ([Double]) -> [Double]) -> Self {
        let width = shape.last!
        return Self(
            shape: shape,
            values: stride(from: 0, to: values.count, by: width).flatMap { change(Array(values[$0..<$0 + width])) })
    }

    fileprivate func transposed(_ order: [Int]) -> Self {
        let sides = order.map { shape[$0] }
        let steps = order.map { shape[($0 + 1)...].reduce(1, *) }
        let moved = values.indices.map { index in
            var (rest, place) = (index, 0)
            for side in sides.indices.reversed() {
                place += rest % sides[side] * steps[side]
                rest /= sides[side]
            }
            return values[place]
        }
        return Self(shape: sides, values: moved)
    }

    fileprivate func rows(_ indices: Self) -> Self {
        Self(shape: indices.shape + [shape[1]], values: indices.values.flatMap { part(Int($0)) })
    }

    fileprivate func beside(_ other: Self) -> Self {
        let (first, second) = (shape[2], other.shape[2])
        var joined = Self(shape: [shape[0], shape[1], first + second], values: [])
        for row in 0..<shape[0] * shape[1] {
            joined.values += values[row * first..<(row + 1) * first]
            joined.values += other.values[row * second..<(row + 1) * second]
        }
        return joined
    }

    fileprivate func times(_ matrix: Self) -> Self {
        let columns = matrix.shape[1]
        var product = mapRows { row in
            var sums = [Double](repeating: 0, count: columns)
            for (index, factor) in row.enumerated() {
                for column in 0..<columns { sums[column] += factor * matrix.values[index * columns + column] }
            }
            return sums
        }
        product.shape[shape.count - 1] = columns
        return product
    }
}
