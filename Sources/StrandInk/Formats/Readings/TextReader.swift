import StrandBytes

/// A text and the id of its sample.
public struct NamedText: Sendable, Equatable {
    public var id: String
    public var text: String
    /// The writer; nil: unknown.
    public var writer: String?

    public init(id: String, text: String, writer: String? = nil) {
        self.id = id
        self.text = text
        self.writer = writer
    }
}

/// The texts of a file, one at a time: plain lines, a table, or JSON Lines such as ink or its readings.
///
/// The first line shows the layout: `{` starts JSON Lines, whose objects need `id` and `text`; a
/// tab means a table whose first row names the columns `id` and `text` and optionally `rank`, of which only 1 is read,
/// and
/// `writer`. Anything else is plain text, where a line's id is its number and empty lines count.
public struct TextReader: ~Copyable, RecordReader {
    private enum Layout {
        case lines, json
        case table(id: Int, text: Int, rank: Int?, writer: Int?, columnCount: Int)
    }

    private var lines: LineReader
    private var layout: Layout?

    /// A reader of `source`. Does no I/O.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The next text, or nil after the last.
    /// - Throws: `notUTF8`, `invalidJSON`, `missingMember`, `missingColumn`, `columnCount`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> NamedText? {
        while let line = try lines.next() {
            guard String(validating: line, as: UTF8.self) != nil else { throw fault(.text(.notUTF8)) }
            if layout == nil, try !start(line) { continue }
            switch layout! {
            case .lines: return NamedText(id: "\(lines.lineNumber)", text: String(decoding: line, as: UTF8.self))
            case .json: if !line.isBlankLine { return try object(line) }
            case .table(let id, let text, let rank, let writer, let columnCount):
                if line.isBlankLine { continue }
                let cells = line.split(separator: tab, omittingEmptySubsequences: false)
                guard cells.count == columnCount else {
                    throw fault(.text(.columnCount(found: cells.count, expected: columnCount)))
                }
                func cell(_ column: Int) -> String { String(unescapingTableCell: cells[cells.startIndex + column]) }
                if let rank, cell(rank) != "1" { continue }
                return NamedText(id: cell(id), text: cell(text), writer: writer.map(cell))
            }
        }
        return nil
    }

    /// Determines the layout from the first line; returns whether the line holds a text.
    private mutating func start(_ line: ArraySlice<UInt8>) throws(FormatError) -> Bool {
        if line.first == UInt8(ascii: "{") {
            layout = .json
        } else if line.contains(tab) {
            let names = line.split(separator: tab, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            func column(_ name: String) throws(FormatError) -> Int {
                guard let column = names.firstIndex(of: name) else { throw fault(.text(.missingColumn(name))) }
                return column
            }
            layout = .table(
                id: try column("id"), text: try column("text"), rank: names.firstIndex(of: "rank"),
                writer: names.firstIndex(of: "writer"), columnCount: names.count)
            return false
        } else {
            layout = .lines
        }
        return true
    }

    private func object(_ line: ArraySlice<UInt8>) throws(FormatError) -> NamedText {
        var (id, text, writer) = (String?.none, String?.none, String?.none)
        var scanner = JSONScanner(line)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                switch key {
                case "id": id = try scanner.string()
                case "text": text = scanner.null() ? "" : try scanner.string()
                case "writer": writer = scanner.null() ? nil : try scanner.string()
                default: try scanner.skip()
                }
            }
            try scanner.end()
        } catch { throw fault(.text(.invalidJSON(expected: error.expected, column: error.column))) }
        guard let id else { throw fault(.ink(.missingMember("id"))) }
        guard let text else { throw fault(.ink(.missingMember("text"))) }
        return NamedText(id: id, text: text, writer: writer)
    }

    private func fault(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, problem: problem)
    }
}

private let tab = UInt8(ascii: "\t")

extension String {
    /// Reverses the escapes of `ReadingFormat.tsv`.
    fileprivate init(unescapingTableCell cell: ArraySlice<UInt8>) {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in cell {
            if isEscaped {
                let plain: [UInt8: UInt8] = [UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13]
                bytes.append(plain[byte] ?? byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
