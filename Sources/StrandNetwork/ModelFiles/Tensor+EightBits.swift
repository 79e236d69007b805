import CStrandKernels

extension Tensor {
    /// Ends the name of the scales of a tensor's rows.
    static let scaleSuffix = ".scale"

    /// The tensor as whole numbers in 8 bits and the scales of its rows; nil unless it is a matrix whose every row consists
    /// of -127 to 127 scales.
    var inEightBits: [Tensor]? {
        guard shape.count == 2, shape[1] > 0 else { return nil }
        let values = values
        var scales: [Float] = []
        var numbers: [Float] = []
        numbers.reserveCapacity(values.count)
        for start in stride(from: 0, to: values.count, by: shape[1]) {
            let row = values[start..<start + shape[1]]
            let scale = strand_scale_of(row.reduce(0) { max($0, abs($1)) })
            for value in row {
                let number = Float(strand_multiple_of(scale, value))
                guard number * scale == value else { return nil }
                numbers.append(number)
            }
            scales.append(scale)
        }
        var tensor = Tensor(name: name, shape: shape, values: numbers)
        tensor.storage = .signedByte
        return [tensor, Tensor(name: name + Self.scaleSuffix, shape: [shape[0]], values: scales)]
    }
}
