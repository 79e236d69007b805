import StrandBytes

/// Reads the words and numbers of SVG's attributes, which may stand without anything between them: `M1.5.5-2`.
struct SVGScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool {
        mutating get {
            skipSeparators()
            return position == bytes.count
        }
    }

    /// Letters, if some are next.
    mutating func word() -> String? {
        skipSeparators()
        let start = position
        while let byte = next, (byte | 0x20) &- UInt8(ascii: "a") < 26 { position += 1 }
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    /// Whether one of some marks is next.
    mutating func isAt(_ marks: String) -> Bool {
        skipSeparators()
        return next.map(marks.utf8.contains) ?? false
    }

    /// One letter, if it is next.
    mutating func letter() -> UInt8? {
        skipSeparators()
        guard let byte = next, (byte | 0x20) &- UInt8(ascii: "a") < 26 else { return nil }
        position += 1
        return byte
    }

    /// Consumes a mark if it is next.
    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipSeparators()
        guard next == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    /// Whether a number may be next.
    var isAtNumber: Bool {
        mutating get {
            skipSeparators()
            return next.map { $0 &- UInt8(ascii: "0") < 10 || "+-.".utf8.contains($0) } ?? false
        }
    }

    /// - Throws: `unexpected` or `numberTooLarge`.
    mutating func number() throws(FormatError.Problem) -> Double {
        skipSeparators()
        let start = position
        if let byte = next, "+-".utf8.contains(byte) { position += 1 }
        takeDigits()
        if next == UInt8(ascii: ".") {
            position += 1
            takeDigits()
        }
        // An 'e' without digits is no exponent: 'em'.
        let beforeExponent = position
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = next, "+-".utf8.contains(sign) { position += 1 }
            let digits = position
            takeDigits()
            if position == digits { position = beforeExponent }
        }
        guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            position = start
            throw unexpected("a number")
        }
        return try value.limited(shownAs: bytes[start..<position])
    }

    /// A flag of an arc: 0 or 1, which needs nothing after it.
    mutating func flag() throws(FormatError.Problem) -> Bool {
        if take("0") { return false }
        guard take("1") else { throw unexpected("0 or 1") }
        return true
    }

    /// What is here instead of what is expected.
    func unexpected(_ expected: String) -> FormatError.Problem {
        let rest = bytes[position...].prefix(20)
        return .text(.unexpected(rest.isEmpty ? "the end" : String(utf8OrLatin1: rest), expected: expected))
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func takeDigits() {
        while let byte = next, byte &- UInt8(ascii: "0") < 10 { position += 1 }
    }

    private mutating func skipSeparators() {
        while let byte = next, byte.isXMLSpace || byte == UInt8(ascii: ",") { position += 1 }
    }
}
