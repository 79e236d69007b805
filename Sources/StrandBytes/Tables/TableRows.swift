/// The rows of a table of separated values (RFC 4180).
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
        guard var text = try nextLine() else { return nil }
        var quotes = Self.quotes(in: text)
        while quotes % 2 == 1 {
            guard let line = try lines.next() else {
                throw FormatError(file: name, line: rowNumber, problem: .text(.earlyEnd(expected: "a closing '\"'")))
            }
            text += [UInt8(ascii: "\n")] + line
            quotes += Self.quotes(in: line)
        }
        return Self.fields(of: text, separator: separator)
    }

    private static func quotes(in text: some Collection<UInt8>) -> Int { text.count { $0 == UInt8(ascii: "\"") } }

    private static func fields(of row: [UInt8], separator: UInt8) -> [Field] {
        let quote = UInt8(ascii: "\"")
        var fields = [Field(bytes: [], isQuoted: false)]
        var isInside = false
        for (index, byte) in row.enumerated() {
            let last = fields.count - 1
            if byte == quote {
                // Two quotation marks inside stand for one.
                if !isInside && fields[last].isQuoted && row[index - 1] == quote { fields[last].bytes.append(quote) }
                fields[last].isQuoted = true
                isInside.toggle()
            } else if byte == separator && !isInside {
                fields.append(Field(bytes: [], isQuoted: false))
            } else {
                fields[last].bytes.append(byte)
            }
        }
        return fields
    }
}
