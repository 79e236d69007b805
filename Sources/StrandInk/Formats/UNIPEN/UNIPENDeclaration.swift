import StrandBytes

/// A statement about the components of a set.
struct UNIPENDeclaration {
    static let keywords: Set<String> = [
        "COORD", "HIERARCHY", "SEGMENT", "WRITER_ID", "STYLE", "DT", "POINTS_PER_SECOND", "X_POINTS_PER_INCH",
        "X_POINTS_PER_MM", "Y_POINTS_PER_INCH", "Y_POINTS_PER_MM",
    ]
    private static let millimetresPerInch = 25.4

    let keyword: String
    /// The line of the keyword.
    let file: String
    let line: Int
    /// Everything after the keyword, in lines.
    var text: [UInt8]

    init(_ keyword: String, _ text: ArraySlice<UInt8>, file: String, line: Int) {
        self.keyword = keyword
        self.text = Array(text)
        self.file = file
        self.line = line
    }

    /// Applies the statement to the set.
    /// - Throws: `notANumber`, `numberTooLarge`, `missingChannel`, `labelWithoutEnd` or `notADelineation`.
    func apply(to set: inout UNIPENSet) throws(FormatError.Problem) {
        switch keyword {
        case "COORD":
            set.header.channels = words
            if !words.contains("X") || !words.contains("Y") { throw .ink(.missingChannel(words)) }
        case "HIERARCHY": set.header.hierarchy = words
        case "SEGMENT": set.segments.append(try segment(after: set.components.count))
        case "WRITER_ID": set.header.writer = knownWord
        case "STYLE": set.header.style = knownWord
        case "DT": set.clock += try number ?? 0
        case "POINTS_PER_SECOND": set.header.hertz = try positiveNumber
        case "X_POINTS_PER_MM": set.header.xPerMillimetre = try positiveNumber
        case "Y_POINTS_PER_MM": set.header.yPerMillimetre = try positiveNumber
        case "X_POINTS_PER_INCH": set.header.xPerMillimetre = try positiveNumber.map { $0 / Self.millimetresPerInch }
        case "Y_POINTS_PER_INCH": set.header.yPerMillimetre = try positiveNumber.map { $0 / Self.millimetresPerInch }
        default: preconditionFailure("\(keyword) is among the keywords and not known here")
        }
    }

    private var rawWords: [ArraySlice<UInt8>] { text.split { $0.isBlank || $0 == UInt8(ascii: "\n") } }

    private var words: [String] { rawWords.map { String(utf8OrLatin1: $0) } }

    /// The first word; nil if it is `?`, which means unknown.
    private var knownWord: String? { words.first.flatMap { $0 == "?" ? nil : $0 } }

    private var number: Double? {
        get throws(FormatError.Problem) {
            guard let word = rawWords.first, word != [UInt8(ascii: "?")] else { return nil }
            return try Double(ink: word)
        }
    }

    /// A rate or a resolution; 0 means unknown.
    private var positiveNumber: Double? {
        get throws(FormatError.Problem) { try number.flatMap { $0 > 0 ? $0 : nil } }
    }

    /// Type, delineation, quality and label; all but the type may be missing.
    private func segment(after count: Int) throws(FormatError.Problem) -> UNIPENSegment {
        let quote = text.firstIndex(of: UInt8(ascii: "\""))
        let words = text[..<(quote ?? text.endIndex)].split { $0.isBlank || $0 == UInt8(ascii: "\n") }
        let isDelineated = words.count > 1 && words[1] != [UInt8(ascii: "?")]
        return UNIPENSegment(
            file: file, line: line, type: words.first.map { String(utf8OrLatin1: $0) } ?? "",
            delineation: isDelineated ? try UNIPENDelineation(words[1]) : nil,
            label: try quote.map { index throws(FormatError.Problem) in try Self.label(text[index...]) },
            position: count)
    }

    /// The text between the first quotation mark and the last: some collections leave inner ones unescaped.
    private static func label(_ text: ArraySlice<UInt8>) throws(FormatError.Problem) -> String {
        let inner = text.dropFirst()
        guard let last = inner.lastIndex(of: UInt8(ascii: "\"")) else { throw .ink(.labelWithoutEnd) }
        let content = inner[..<last]
        let backslashes = content.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        if backslashes % 2 == 1 { throw .ink(.labelWithoutEnd) }
        return unescaped(content)
    }

    /// `\"`, `\\`, `\t` and `\n` stand for one character each; other backslashes stay. White space becomes a blank.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if isEscaped {
                bytes += escapes[byte].map { [$0] } ?? [UInt8(ascii: "\\"), byte]
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(utf8OrLatin1: bytes)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "t"): UInt8(ascii: "\t"), UInt8(ascii: "n"): UInt8(ascii: "\n"),
    ]
}
