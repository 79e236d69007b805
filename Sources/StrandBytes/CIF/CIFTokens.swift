/// The tokens of a CIF file (Hall, Allen & Brown 1991; CIF 1.1), in memory bounded by the longest line or text field.
struct CIFTokens: ~Copyable {
    enum Token {
        /// `data_` and a name.
        case block(ArraySlice<UInt8>)
        case loop
        /// Including its underscore.
        case name(ArraySlice<UInt8>)
        /// Nil if it is unknown (`?`) or does not apply (`.`).
        case value(ArraySlice<UInt8>?)
    }

    private var lines: LineReader
    /// The rest of the line.
    private var rest: ArraySlice<UInt8> = []

    init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    var name: String { lines.name }
    var source: ByteSource { lines.source }
    /// The number of the line that the last token ends on.
    var lineNumber: Int { lines.lineNumber }

    /// The next token, or nil after the last.
    /// - Throws: `unexpected` for a reserved word not allowed in data files, `earlyEnd`, or what `LineReader` throws.
    mutating func next() throws(FormatError) -> Token? {
        rest = rest.drop(while: \.isBlank)
        while rest.isEmpty || rest.first == UInt8(ascii: "#") {
            guard let line = try lines.next() else { return nil }
            if line.first == UInt8(ascii: ";") {
                let start = Array(line.dropFirst())
                return .value(try textField(start))
            }
            rest = ArraySlice(Array(line)).drop(while: \.isBlank)
        }
        if rest.first == UInt8(ascii: "'") || rest.first == UInt8(ascii: "\"") { return .value(try quoted()) }
        return try plain()
    }

    /// The value up to the closing quotation mark: the one followed by a blank or the line's end.
    private mutating func quoted() throws(FormatError) -> ArraySlice<UInt8> {
        let quote = rest[rest.startIndex]
        let text = rest.dropFirst()
        let end = text.indices.first { index in
            text[index] == quote && (index + 1 == text.endIndex || text[index + 1].isBlank)
        }
        guard let end else {
            throw FormatError(
                file: name, line: lineNumber,
                problem: .text(.unexpected(String(utf8OrLatin1: rest), expected: "a value with both quotation marks")))
        }
        rest = text[(end + 1)...]
        return text[..<end]
    }

    /// A value that starts with a semicolon at the start of a line and ends at the next such line.
    private mutating func textField(_ start: [UInt8]) throws(FormatError) -> ArraySlice<UInt8> {
        var text = start
        let firstLine = lineNumber
        while let line = try lines.next() {
            if line.first == UInt8(ascii: ";") {
                rest = ArraySlice(Array(line.dropFirst()))
                return text[...]
            }
            text += [UInt8(ascii: "\n")] + line
        }
        throw FormatError(file: name, line: firstLine, problem: .text(.earlyEnd(expected: "the ';' that ends a text")))
    }

    private mutating func plain() throws(FormatError) -> Token {
        let word = rest.prefix { !$0.isBlank }
        rest = rest[word.endIndex...]
        if word.first == UInt8(ascii: "_") { return .name(word) }
        if word.count == 1, word.first == UInt8(ascii: "?") || word.first == UInt8(ascii: ".") { return .value(nil) }
        switch word.reservedWord {
        case "data_": return .block(word.dropFirst(5))
        case "loop_": return .loop
        case nil: return .value(word)
        default:
            throw FormatError(
                file: name, line: lineNumber,
                problem: .text(.unexpected(String(utf8OrLatin1: word), expected: "a name, a value, 'loop_' or 'data_'"))
            )
        }
    }
}

extension ArraySlice<UInt8> {
    /// The reserved word that the word equals or starts with, in lower case.
    fileprivate var reservedWord: String? {
        guard let first, "dlsgDLSG".utf8.contains(first) else { return nil }
        let start = String(utf8OrLatin1: prefix(7)).lowercased()
        if start.hasPrefix("data_") { return "data_" }
        if start.hasPrefix("save_") { return "save_" }
        return ["loop_", "stop_", "global_"].first { $0 == start && $0.utf8.count == count }
    }
}
