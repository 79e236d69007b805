import CStrandKernels

extension RecurrentNetwork where Scalar == Float {
    /// The network as 8-bit products see it: every weight from units to units is a whole number, -127
    /// to 127, of scales of its row. On 8-bit paths both networks give the same bytes; a file of this one takes a quarter
    /// of the room (see `tensors`). Quantising it again changes nothing.
    public func quantised() -> RecurrentNetwork {
        var quantised = self
        for parameter in layout.parameters where parameter.role.joinsUnits {
            let (rows, columns) = (parameter.shape[0], parameter.shape[1])
            for row in 0..<rows {
                let offsets = (0..<columns).map { parameter.offset(row: row, column: $0) }
                let scale = strand_scale_of(offsets.reduce(0) { max($0, abs(weights[0, $1])) })
                for offset in offsets {
                    quantised.weights[0, offset] = Float(strand_multiple_of(scale, weights[0, offset])) * scale
                }
            }
        }
        return quantised
    }
}
