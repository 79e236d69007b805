import StrandBytes

/// The values of one point: `value ::= mark? "-"? (decimal | double | "#" hex) | "T" | "F" | "*" | "?"`, with white space
/// anywhere except inside a number, and none needed where the next value starts with a mark or a sign.
struct InkMLValueScanner {
    struct Value {
        enum Content {
            case number(Double)
            case unchanged
            case unknown
        }

        /// `!`, `'` or `"` before the value.
        let mark: UInt8?
        let content: Content
    }

    private let text: ArraySlice<UInt8>
    private var position: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        position = text.startIndex
    }

    /// The next value, or nil at the end of the point.
    /// - Throws: `notANumber`.
    mutating func next() throws(FormatError.Problem) -> Value? {
        skipSpace()
        guard let first = byte else { return nil }
        var mark: UInt8?
        if "!'\"".utf8.contains(first) {
            mark = first
            position += 1
            skipSpace()
        }
        return Value(mark: mark, content: try content())
    }

    private mutating func content() throws(FormatError.Problem) -> Value.Content {
        guard let first = byte else { throw .text(.notANumber("")) }
        switch first {
        case UInt8(ascii: "*"):
            position += 1
            return .unchanged
        case UInt8(ascii: "?"):
            position += 1
            return .unknown
        case UInt8(ascii: "T"), UInt8(ascii: "F"):
            position += 1
            return .number(first == UInt8(ascii: "T") ? 1 : 0)
        default: return .number(try number())
        }
    }

    private mutating func number() throws(FormatError.Problem) -> Double {
        let start = position
        var isNegative = false
        if byte == UInt8(ascii: "-") {
            isNegative = true
            position += 1
            skipSpace()
        } else if byte == UInt8(ascii: "+") {
            position += 1
        }
        let isHexadecimal = byte == UInt8(ascii: "#")
        if isHexadecimal { position += 1 }
        let digits = takeDigits(isHexadecimal: isHexadecimal)
        let magnitude =
            isHexadecimal
            ? Int(String(decoding: digits, as: UTF8.self), radix: 16).map(Double.init) : Double(decimal: digits)
        guard let magnitude else { throw .text(.notANumber(wordText(from: start))) }
        return isNegative ? -magnitude : magnitude
    }

    /// Consumes digits, a point and an exponent with its sign.
    private mutating func takeDigits(isHexadecimal: Bool) -> ArraySlice<UInt8> {
        let start = position
        while let byte {
            let isExponentSign =
                "+-".utf8.contains(byte) && !isHexadecimal && position > start
                && text[position - 1] | 0x20 == UInt8(ascii: "e")
            let isPart = byte.isNumberPart || isHexadecimal && Character(Unicode.Scalar(byte)).isHexDigit
            if !isPart && !isExponentSign { break }
            position += 1
        }
        return text[start..<position]
    }

    /// The offending word, for the error.
    private func wordText(from start: Int) -> String {
        String(utf8OrLatin1: text[start...].prefix { !$0.isXMLSpace })
    }

    private var byte: UInt8? { position < text.endIndex ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte, byte.isXMLSpace { position += 1 }
    }
}

extension UInt8 {
    fileprivate var isNumberPart: Bool {
        self &- UInt8(ascii: "0") < 10 || ".eE".utf8.contains(self)
    }
}
