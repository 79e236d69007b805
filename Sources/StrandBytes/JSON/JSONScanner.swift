/// Reads JSON (RFC 8259) value by value, without a tree: values not asked for are skipped.
package struct JSONScanner {
    /// What is wrong with the text.
    package struct Fault: Error, Equatable {
        /// What should be at the column.
        package var expected: String
        /// From 1, in bytes of the text.
        package var column: Int
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    /// Open arrays and objects; text nested deeper than this is refused, because skipping is recursive.
    private var depth = 0
    private static let greatestDepth = 100

    package init(_ text: ArraySlice<UInt8>) {
        bytes = text
        position = text.startIndex
    }

    package func fault(_ expected: String) -> Fault {
        Fault(expected: expected, column: position - bytes.startIndex + 1)
    }

    // MARK: Structure

    /// Calls `member` with every key; it must consume the key's value.
    package mutating func object(_ member: (String, inout JSONScanner) throws(Fault) -> Void) throws(Fault) {
        try list(from: "{", to: "}", of: "an object") { scanner throws(Fault) in
            let key = try scanner.string()
            try scanner.expect(":")
            try member(key, &scanner)
        }
    }

    /// Calls `element` before every element; it must consume it.
    package mutating func array(_ element: (inout JSONScanner) throws(Fault) -> Void) throws(Fault) {
        try list(from: "[", to: "]", of: "an array", element)
    }

    private mutating func list(
        from open: Unicode.Scalar, to close: Unicode.Scalar, of kind: String,
        _ element: (inout JSONScanner) throws(Fault) -> Void
    ) throws(Fault) {
        guard take(open) else { throw fault(kind) }
        depth += 1
        defer { depth -= 1 }
        if depth > Self.greatestDepth { throw fault("at most \(Self.greatestDepth) nested values") }
        if take(close) { return }
        repeat { try element(&self) } while take(",")
        guard take(close) else { throw fault("',' or '\(close)'") }
    }

    /// Whether an object is next.
    package var isAtObject: Bool {
        mutating get {
            skipBlanks()
            return next == UInt8(ascii: "{")
        }
    }

    /// Whether an array is next.
    package var isAtArray: Bool {
        mutating get {
            skipBlanks()
            return next == UInt8(ascii: "[")
        }
    }

    /// Consumes `null` if it is next; returns whether it was.
    package mutating func null() -> Bool { take(word: "null") }

    /// `true` or `false`.
    package mutating func boolean() throws(Fault) -> Bool {
        if take(word: "true") { return true }
        guard take(word: "false") else { throw fault("true or false") }
        return false
    }

    /// Skips any value.
    package mutating func skip() throws(Fault) {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): try object { _, scanner throws(Fault) in try scanner.skip() }
        case UInt8(ascii: "["): try array { scanner throws(Fault) in try scanner.skip() }
        case UInt8(ascii: "\""): _ = try string()
        default:
            if !take(word: "true") && !take(word: "false") && !null() { _ = try number() }
        }
    }

    /// Which of the members comes first in the object at the start of `text`, or of an array there; it may be cut.
    package static func firstMember(among names: Set<String>, in text: ArraySlice<UInt8>) -> String? {
        let isArray = text.first == UInt8(ascii: "[")
        var scanner = JSONScanner(isArray ? text.dropFirst() : text)
        var member: String?
        // The search ends with an error, where the member is found or the text is cut.
        try? scanner.object { key, scanner throws(Fault) in
            if names.contains(key) {
                member = key
                throw scanner.fault("no more")
            }
            try scanner.skip()
        }
        return member
    }

    /// The text must end here.
    package mutating func end() throws(Fault) {
        skipBlanks()
        if next != nil { throw fault("the end") }
    }

    // MARK: Numbers

    package mutating func number() throws(Fault) -> Double {
        skipBlanks()
        let start = position
        let isNegative = takeByte(UInt8(ascii: "-"))
        var digits: UInt64 = 0
        var exponent = 0
        // Digits beyond the 18th do not fit: the text is then read again by the slow method.
        var count = takeDigits(into: &digits)
        guard count > 0 else { throw fault("a number") }
        if takeByte(UInt8(ascii: ".")) {
            let fraction = takeDigits(into: &digits)
            guard fraction > 0 else { throw fault("a digit") }
            count += fraction
            exponent = -fraction
        }
        var isPlain = count <= 15
        if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) {
            if !takeByte(UInt8(ascii: "+")) { _ = takeByte(UInt8(ascii: "-")) }
            var ignored: UInt64 = 0
            guard takeDigits(into: &ignored) > 0 else { throw fault("a digit") }
            isPlain = false
        }
        if isPlain && exponent >= -22 {
            // Both are exact, so their quotient is the nearest number.
            let magnitude = Double(digits) / Self.powersOfTen[-exponent]
            return isNegative ? -magnitude : magnitude
        }
        let value = Double(String(decoding: bytes[start..<position], as: UTF8.self))
        guard let value, value.isFinite else { throw fault("a number that a double holds") }
        return value
    }

    private static let powersOfTen = (0...22).map { power in (0..<power).reduce(1.0) { value, _ in value * 10 } }

    private mutating func takeDigits(into digits: inout UInt64) -> Int {
        let start = position
        while let byte = next, byte &- UInt8(ascii: "0") < 10 {
            digits = digits &* 10 &+ UInt64(byte - UInt8(ascii: "0"))
            position += 1
        }
        return position - start
    }

    // MARK: Strings

    package mutating func string() throws(Fault) -> String {
        skipBlanks()
        guard takeByte(UInt8(ascii: "\"")) else { throw fault("a string") }
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        var text = Array(bytes[start..<position])
        while !takeByte(UInt8(ascii: "\"")) { try takeCharacter(into: &text) }
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("UTF-8") }
        return string
    }

    /// A string, or a number as it is written.
    package mutating func stringOrNumber() throws(Fault) -> String {
        skipBlanks()
        guard let byte = next, byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10 else { return try string() }
        let start = position
        _ = try number()
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeCharacter(into text: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw fault("'\"'") }
        if byte < 0x20 { throw fault("no control character") }
        position += 1
        guard byte == UInt8(ascii: "\\") else { return text.append(byte) }
        guard let escaped = next else { throw fault("an escape") }
        position += 1
        switch escaped {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text += try unicodeScalar().utf8
        default: throw fault("an escape")
        }
    }

    /// After `\u`: four hexadecimal digits, or a surrogate pair.
    private mutating func unicodeScalar() throws(Fault) -> String {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return String(scalar) }
        guard (0xD800..<0xDC00).contains(first), takeByte(UInt8(ascii: "\\")), takeByte(UInt8(ascii: "u")) else {
            throw fault("a pair of surrogates")
        }
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("a pair of surrogates") }
        return String(scalar)
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func takeByte(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        return takeByte(UInt8(ascii: character))
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
        guard take(character) else { throw fault("'\(character)'") }
    }

    private mutating func take(word: StaticString) -> Bool {
        skipBlanks()
        let length = word.utf8CodeUnitCount
        guard bytes.endIndex - position >= length else { return false }
        for index in 0..<length where bytes[position + index] != word.utf8Start[index] { return false }
        position += length
        return true
    }
}
