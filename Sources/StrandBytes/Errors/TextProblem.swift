/// What is wrong with text of any format. Columns count bytes of the line from 1.
public enum TextProblem: FormatProblem, Equatable {
    /// A byte not allowed in text files of this kind.
    case binary(byte: UInt8, column: Int)
    /// A character that does not show, such as a no-break space.
    case invisible(Unicode.Scalar, column: Int)
    /// A carriage return outside a line end.
    case carriageReturn(column: Int)
    /// A line of text is not UTF-8.
    case notUTF8
    /// The text is in UTF-16.
    case utf16
    /// Text where something else should be.
    case unexpected(String, expected: String)
    /// The file ends inside a record.
    case earlyEnd(expected: String)
    /// Text where a number is expected; `NaN` and infinities count as text.
    case notANumber(String)
    /// The first row of a table has no column of this name.
    case missingColumn(String)
    /// A row of a table has more or fewer cells than the first.
    case columnCount(found: Int, expected: Int)
    /// The line is not the expected JSON.
    case invalidJSON(expected: String, column: Int)
    /// A transcription file without this section.
    case missingSection(String)

    public var isOfRecord: Bool {
        switch self {
        case .binary, .invisible, .carriageReturn, .invalidJSON: true
        default: false
        }
    }

    public func description(in file: String) -> String { self == .utf16 ? description(naming: file) : description }

    public var description: String {
        switch self {
        case .binary(let byte, let column):
            "\(named(byte)) at column \(column) is not text; is the file of the right kind?"
        case .invisible(let character, let column):
            "\(name(of: character)) (U+\(hexadecimal(character))) at column \(column); remove it"
        case .carriageReturn(let column): "carriage return at column \(column); end lines with LF or CRLF"
        case .notUTF8: "the line is not UTF-8; convert the file"
        case .utf16: "text in UTF-16; convert it with 'iconv -f UTF-16 -t UTF-8 FILE'"
        case .unexpected(let found, let expected): "\(quoted(found)) where \(expected) is expected; fix or remove it"
        case .earlyEnd(let expected): "the file ends where \(expected) is expected; is it whole?"
        case .notANumber(let text): "\(quoted(text)) is not a number; fix or remove it"
        case .missingColumn(let name): "no column '\(name)' in the first row; name the columns there"
        case .columnCount(let found, let expected):
            "\(counted(found, "cell")) where the first row has \(expected); fix or remove the row"
        case .invalidJSON(let expected, let column): "\(expected) expected at column \(column); fix or remove the line"
        case .missingSection(let name): "no line '\(name)'; is it the right file?"
        }
    }
}

extension TextProblem {
    private func name(of character: Unicode.Scalar) -> String {
        switch character {
        case "\u{A0}": "no-break space"
        case "\u{200B}": "zero-width space"
        case "\u{FEFF}": "byte order mark"
        default: character.properties.name?.lowercased() ?? "character"
        }
    }

    private func hexadecimal(_ character: Unicode.Scalar) -> String {
        let digits = String(character.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The problem of a byte that does not belong in a line of text.
    /// - Parameter index: where it is in the line.
    package init(notText line: ArraySlice<UInt8>, at index: Int) {
        let column = index - line.startIndex + 1
        if line[index] == UInt8(ascii: "\r") {
            self = .carriageReturn(column: column)
        } else if let character = line[index...].firstScalar, character.isInvisible {
            self = .invisible(character, column: column)
        } else {
            self = .binary(byte: line[index], column: column)
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is a space or a mark of formatting beyond ASCII, which looks like a blank or like nothing.
    fileprivate var isInvisible: Bool {
        switch properties.generalCategory {
        case .spaceSeparator, .format, .lineSeparator, .paragraphSeparator: value > 0x7F
        default: false
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func text(_ problem: TextProblem) -> Self { Self(problem) }
}
