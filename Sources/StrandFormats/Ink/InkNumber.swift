extension Double {
    /// A plain decimal number: digits with a sign, a point and an exponent where wanted. Nil for all else, `nan` too.
    package init?(decimal text: some Collection<UInt8>) {
        var whole = 0
        // Up to 15 digits fit a double exactly; most coordinates are such numbers.
        if (1...15).contains(text.count), text.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
            for digit in text { whole = 10 * whole + Int(digit - UInt8(ascii: "0")) }
            self.init(whole)
            return
        }
        let isDecimal = text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || Self.marks.contains($0) }
        guard isDecimal, let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
        self = value
    }

    private static let marks = Array("+-.eE".utf8)

    /// A coordinate or time of ink: a plain decimal number that is not larger than `InkJSONReader.largestNumber`.
    package init(ink text: some Collection<UInt8>) throws(FormatError.Problem) {
        guard let value = Double(decimal: text) else { throw .notANumber(RecordHeader.text(of: text)) }
        self = try value.limited(shownAs: text)
    }

    /// This number, unless it is too large.
    package func limited(shownAs text: @autoclosure () -> some Collection<UInt8>) throws(FormatError.Problem) -> Double
    {
        // Infinity, from an exponent that no double holds, is larger too.
        if !(abs(self) <= InkJSONReader.largestNumber) { throw .numberTooLarge(RecordHeader.text(of: text())) }
        return self
    }
}

extension ArraySlice<UInt8> {
    /// The words between spaces and tabs.
    package var words: [ArraySlice<UInt8>] { split(whereSeparator: \.isBlank) }
}
