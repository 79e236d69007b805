extension Double {
    /// A plain decimal number: digits, optionally with a sign, a point and an exponent. Nil for anything else, even
    /// `nan`.
    package init?(decimal text: some Collection<UInt8>) {
        if let exact = Self.exact(text) {
            self = exact
            return
        }
        let isDecimal = text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || Self.marks.contains($0) }
        guard isDecimal, let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
        self = value
    }

    private static let marks = Array("+-.eE".utf8)
    private static let powersOfTen = (0...15).reduce(into: [1.0]) { powers, _ in powers.append(powers.last! * 10) }

    /// A number of at most 15 digits without an exponent, like most coordinates: its digits and the power of ten fit a
    /// double exactly, so one division rounds correctly (Clinger 1990). Nil for other texts.
    private static func exact(_ text: some Collection<UInt8>) -> Double? {
        var (digits, count, decimals) = (0, 0, 0)
        var isNegative = false
        var isFraction = false
        for (index, byte) in text.enumerated() {
            if byte &- UInt8(ascii: "0") < 10 {
                digits = 10 &* digits &+ Int(byte &- UInt8(ascii: "0"))
                count += 1
                if isFraction { decimals += 1 }
            } else if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if byte == UInt8(ascii: "-"), index == 0 {
                isNegative = true
            } else {
                return nil
            }
            if count > 15 { return nil }
        }
        // "." and "1." are left to the general case.
        guard count > 0, !isFraction || decimals > 0, count > decimals else { return nil }
        let value = Double(digits) / powersOfTen[decimals]
        return isNegative ? -value : value
    }
}
