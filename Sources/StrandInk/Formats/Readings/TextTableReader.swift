import StrandBytes

/// A table of texts.
struct TextTableReader: ~Copyable, RecordReader {
    private var rows: TableRows
    private var columns: TextColumns?

    init(_ bytes: consuming ByteReader) {
        rows = TableRows(LineReader(bytes))
    }

    mutating func next() throws(FormatError) -> NamedText? {
        if columns == nil {
            guard let line = try rows.nextLine() else { return nil }
            do throws(FormatError.Problem) {
                columns = try TextColumns(header: line[...])
            } catch {
                throw fault(error)
            }
        }
        let columns = columns!
        while let row = try rows.next(separator: columns.separator) {
            guard row.count == columns.count else {
                throw fault(.text(.columnCount(found: row.count, expected: columns.count)))
            }
            guard row.allSatisfy({ String(validating: $0.bytes, as: UTF8.self) != nil }) else {
                throw fault(.text(.notUTF8))
            }
            if let rank = columns.rank, row[rank].text != "1" { continue }
            return columns.text(of: row)
        }
        return nil
    }

    private func fault(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: rows.name, line: rows.rowNumber, problem: problem)
    }
}

/// The columns of a table of texts, identified by name.
struct TextColumns {
    let separator: UInt8
    let count: Int
    let rank: Int?
    private let id: Int
    private let text: Int
    private let writer: Int?
    /// Whether it is `ReadingFormat.tsv`, with its escapes.
    private let isEscaped: Bool

    /// Names that show a header where commas could be those of a sentence.
    private static let usual: Set<String> = [
        "id", "text", "rank", "writer", "label", "transcription", "truth", "prediction", "filename", "file", "image",
        "sample",
    ]

    /// - Throws: `missingColumn`.
    init(header: ArraySlice<UInt8>) throws(FormatError.Problem) {
        let separator = Self.separator(of: header) ?? UInt8(ascii: "\t")
        let names = Self.names(in: header, separator)
        func column(_ name: String) throws(FormatError.Problem) -> Int {
            guard let column = names.firstIndex(of: name) else { throw .text(.missingColumn(name)) }
            return column
        }
        self.separator = separator
        count = names.count
        id = try column("id")
        text = try column("text")
        rank = names.firstIndex(of: "rank")
        writer = names.firstIndex(of: "writer")
        isEscaped = rank != nil || names.contains("probability")
    }

    /// What parts the cells of a table with this first line; nil if it is no header.
    static func separator(of header: ArraySlice<UInt8>) -> UInt8? {
        if header.contains(UInt8(ascii: "\t")) { return UInt8(ascii: "\t") }
        return ",;".utf8.first { separator in
            let names = names(in: header, separator)
            return names.count > 1 && names.contains(where: usual.contains)
                && names.allSatisfy { !$0.contains(where: \.isWhitespace) }
        }
    }

    private static func names(in header: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
        TableRows.fields(of: header, separator: separator).map { $0.text.trimmed.lowercased() }
    }

    func text(of row: [TableRows.Field]) -> NamedText {
        func value(_ column: Int) -> String? {
            row[column].value.map { isEscaped ? $0.withoutTableEscapes : $0 }
        }
        return NamedText(id: value(id) ?? "", text: value(text), writer: writer.flatMap(value))
    }
}

extension ArraySlice<UInt8> {
    /// Whether objects of JSON start here, or an array of them, not a text in braces or brackets.
    var startsAsObjects: Bool {
        let object = first == UInt8(ascii: "[") ? dropFirst().drop(while: \.isXMLSpace) : self
        let member = object.dropFirst().drop(while: \.isXMLSpace).first
        return object.first == UInt8(ascii: "{") && (member.map { "\"}".utf8.contains($0) } ?? true)
    }
}

extension String {
    /// Reverses the escapes of `ReadingFormat.tsv`.
    fileprivate var withoutTableEscapes: String {
        let plain: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r"]
        var text = ""
        var isEscaped = false
        for scalar in unicodeScalars {
            if isEscaped {
                text.unicodeScalars.append(plain[Character(scalar)]?.unicodeScalars.first ?? scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
