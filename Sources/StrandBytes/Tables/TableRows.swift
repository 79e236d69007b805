/// The rows of a table of separated values (RFC 4180): a cell that starts with a quotation mark goes to the next single
/// one, and two inside stand for one; elsewhere the mark is like any other character.
package struct TableRows: ~Copyable {
    package struct Field {
        package var bytes: [UInt8]
        /// Whether it is in quotation marks: it is then an empty text rather than missing.
        package var isQuoted: Bool

        package var text: String { String(utf8OrLatin1: bytes) }
        /// Nil if the field is empty and not quoted.
        package var value: String? { bytes.isEmpty && !isQuoted ? nil : text }
    }

    private var lines: LineReader
    /// The line number, from 1, on which the row returned last starts.
    package private(set) var rowNumber = 0

    package init(_ lines: consuming LineReader) {
        self.lines = lines
    }

    package var name: String { lines.name }
    package var source: ByteSource { lines.source }

    /// The next line as it is, or nil after the last; blank lines are skipped.
    package mutating func nextLine() throws(FormatError) -> [UInt8]? {
        while let line = try lines.next() {
            rowNumber = lines.lineNumber
            if !line.isBlankLine { return Array(line) }
        }
        return nil
    }

    /// The fields of the next row, or nil after the last. Quoted fields may continue on the next line.
    /// - Throws: `earlyEnd`, or what `LineReader` throws.
    package mutating func next(separator: UInt8) throws(FormatError) -> [Field]? {
        guard let line = try nextLine() else { return nil }
        var row = TableRow(separator: separator)
        row.take(line)
        while row.isInsideQuotes {
            guard let line = try lines.next() else {
                throw FormatError(file: name, line: rowNumber, problem: .text(.earlyEnd(expected: "a closing '\"'")))
            }
            row.take([UInt8(ascii: "\n")])
            row.take(line)
        }
        return row.fields
    }

    /// The fields of a line.
    package static func fields(of line: some Sequence<UInt8>, separator: UInt8) -> [Field] {
        var row = TableRow(separator: separator)
        row.take(line)
        return row.fields
    }
}

/// A row that is being read.
private struct TableRow {
    let separator: UInt8
    private(set) var fields = [TableRows.Field(bytes: [], isQuoted: false)]
    private(set) var isInsideQuotes = false
    /// Whether the last byte was a mark that ends the quotation, unless another follows.
    private var isClosing = false

    init(separator: UInt8) {
        self.separator = separator
    }

    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        let last = fields.count - 1
        let wasClosing = isClosing
        isClosing = false
        if byte == UInt8(ascii: "\"") {
            if isInsideQuotes {
                (isInsideQuotes, isClosing) = (false, true)
                return
            }
            if wasClosing {
                isInsideQuotes = true
            } else if fields[last].bytes.isEmpty && !fields[last].isQuoted {
                fields[last].isQuoted = true
                isInsideQuotes = true
                return
            }
        } else if byte == separator && !isInsideQuotes {
            fields.append(TableRows.Field(bytes: [], isQuoted: false))
            return
        }
        fields[last].bytes.append(byte)
    }
}

extension Collection<UInt8> {
    /// The text as a quoted cell: in quotation marks, with those inside doubled (RFC 4180, section 2, rule 7). Byte by byte,
    /// because a quotation mark followed by a combining character is a different `Character`.
    @inlinable package var quotedCell: [UInt8] {
        let quote = UInt8(ascii: "\"")
        return [quote] + flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}
