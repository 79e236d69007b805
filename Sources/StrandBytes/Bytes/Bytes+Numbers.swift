extension [UInt8] {
    /// Appends a number of 0 or more, padded on the left with blanks to `width`.
    package mutating func append(number: Int, width: Int = 0) {
        var (power, digits) = (1, 1)
        while number / power >= 10 { (power, digits) = (10 * power, digits + 1) }
        for _ in 0..<Swift.max(0, width - digits) { append(UInt8(ascii: " ")) }
        append(digitsOf: number, from: power)
    }

    /// Appends a number in 0 ... 1 rounded to four decimals.
    package mutating func append(probability: Float) { append(decimal: probability, scale: 10_000) }

    /// Appends a number in 0 ... 1 rounded to three decimals.
    package mutating func append(thousandths probability: Float) { append(decimal: probability, scale: 1000) }

    /// - Parameter scale: 10 to the power of the number of decimals.
    private mutating func append(decimal value: Float, scale: Int) {
        let scaled = Int((value * Float(scale)).rounded())
        append(UInt8(ascii: "0") + UInt8(scaled / scale))
        append(UInt8(ascii: "."))
        append(digitsOf: scaled % scale, from: scale / 10)
    }

    /// - Parameter power: the value of the first digit's unit.
    private mutating func append(digitsOf number: Int, from power: Int) {
        var power = power
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }
}

extension RandomAccessCollection<UInt8> {
    /// The little-endian number in `size` bytes, which must be there.
    func number(at offset: Int, _ size: Int) -> Int {
        (0..<size).reversed().reduce(0) { $0 << 8 | Int(self[index(startIndex, offsetBy: offset + $1)]) }
    }
}
