extension Double {
    /// A plain decimal number: digits with a sign, a point and an exponent where wanted. Nil for all else, `nan` too.
    package init?(decimal text: ArraySlice<UInt8>) {
        if let exact = text.withUnsafeBytes(Self.exact) {
            self = exact
            return
        }
        let isDecimal = text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || Self.marks.contains($0) }
        guard isDecimal, let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
        self = value
    }

    private static let marks = Array("+-.eE".utf8)
    private static let powersOfTen = (0..<15).reduce(into: [1.0]) { powers, _ in powers.append(powers.last! * 10) }

    /// A number of at most 15 digits without an exponent, as most coordinates are: its digits and the power of ten fit a
    /// double exactly, so that one division rounds right (Clinger 1990). Nil for other texts.
    private static func exact(_ text: UnsafeRawBufferPointer) -> Double? {
        var (digits, count, decimals) = (0, 0, 0)
        var (isNegative, isFraction) = (false, false)
        for index in 0..<text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                digits = 10 &* digits &+ Int(digit)
                count += 1
                if isFraction { decimals += 1 }
            } else if text[index] == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if text[index] == UInt8(ascii: "-"), index == 0 {
                isNegative = true
            } else {
                return nil
            }
            if count > 15 { return nil }
        }
        // "." and "1." are left to the general case.
        guard count > decimals, !isFraction || decimals > 0 else { return nil }
        let value = Double(digits) / powersOfTen[decimals]
        return isNegative ? -value : value
    }
}
