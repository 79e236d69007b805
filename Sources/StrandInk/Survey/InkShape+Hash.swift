extension InkShape {
    /// The coordinates relative to the first point, hashed; nil for fewer than 8 points or ink without extent.
    ///
    /// Coordinates are rounded to a power of two that is about a millionth of the box, so that ink moved by fractions
    /// of a unit, which rounds the differences, keeps its hash.
    var hash: UInt64? {
        let extent = (greatest - least).max()
        let grain = extent.binade / 1_048_576
        guard pointCount >= 8, grain > 0 else { return nil }
        let first = strokes[0][0]
        var hash = UInt64(strokes.count)
        for stroke in strokes {
            hash.mix(UInt64(stroke.count))
            for point in stroke {
                let cell = ((point - first) / grain).rounded(.toNearestOrEven)
                hash.mix(UInt64(bitPattern: Int64(cell.x)))
                hash.mix(UInt64(bitPattern: Int64(cell.y)))
            }
        }
        return hash
    }
}

extension UInt64 {
    /// One round of a multiplicative hash that mixes high bits back down.
    fileprivate mutating func mix(_ value: UInt64) {
        self = (self ^ value) &* 0x9E37_79B9_7F4A_7C15
        self ^= self >> 29
    }
}
