import StrandBytes

/// A text and the id of its sample.
public struct NamedText: Sendable, Equatable {
    public var id: String
    /// Nil: the sample has none, which differs from an empty one.
    public var text: String?
    /// The writer; nil: unknown.
    public var writer: String?

    public init(id: String, text: String?, writer: String? = nil) {
        self.id = id
        self.text = text
        self.writer = writer
    }
}

/// How a line of plain text holds a text.
public enum PlainTextLayout: String, Sendable, CaseIterable {
    /// The line is the text, and its number the id. Empty lines count.
    case lines
    /// An id, a blank, the text: Kaldi's `text`.
    case kaldi
}

/// The texts of a file, one at a time: plain lines, a table, or JSON such as ink or its readings.
///
/// The start shows the layout: an object, or an array of objects, is JSON; a tab, or names of columns parted by commas or
/// semicolons, mean a table with the columns `id` and `text` and optionally `rank`, of which only 1 is read, and `writer`.
/// Anything else is plain text. Empty cells without quotation marks are missing texts. Where a table has a column `rank`
/// or `probability` it is `ReadingFormat.tsv`, whose escapes of tabs, line ends and backslashes are undone.
public struct TextReader: ~Copyable, RecordReader {
    private let plain: PlainTextLayout
    private var bytes: ByteReader?
    private var reader: AnyReader<NamedText, NoRepairs>?
    /// Whether the file is plain text, known after the first call of `next()`.
    private(set) var isPlain = false

    /// A reader of `source`. Does no I/O.
    /// - Parameter plain: how plain text is to be understood.
    public init(
        _ source: ByteSource, plain: PlainTextLayout = .lines, chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), plain: plain)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, plain: PlainTextLayout = .lines) {
        self.bytes = .some(bytes)
        self.plain = plain
    }

    /// The next text, or nil after the last.
    /// - Throws: `notUTF8`, `invalidJSON`, `missingMember`, `missingColumn`, `columnCount`, `earlyEnd`, or what
    ///   `ByteReader` throws.
    public mutating func next() throws(FormatError) -> NamedText? {
        if reader == nil { try open() }
        return try reader?.next()
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        let start = try Self.start(of: &bytes)
        if Array(start.prefix(2)).startsAsUTF16 { throw FormatError(file: bytes.name, problem: .text(.utf16)) }
        if start.startsAsObjects {
            reader = AnyReader(TextObjectReader(bytes))
        } else if TextColumns.separator(of: start.prefix { !"\r\n".utf8.contains($0) }) != nil {
            reader = AnyReader(TextTableReader(bytes))
        } else {
            reader = AnyReader(TextLineReader(bytes, plain))
            isPlain = true
        }
    }

    /// The first line, and a little more, so far as it shows the layout.
    private static func start(of bytes: inout ByteReader) throws(FormatError) -> ArraySlice<UInt8> {
        for count in [1 << 10, 1 << 16] {
            let start = try bytes.lookAhead(count)
            if start.count < count || start.contains(UInt8(ascii: "\n")) { return start.withoutByteOrderMark }
        }
        return try bytes.lookAhead(1 << 16).withoutByteOrderMark
    }
}

/// Plain text.
private struct TextLineReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let layout: PlainTextLayout

    init(_ bytes: consuming ByteReader, _ layout: PlainTextLayout) {
        lines = LineReader(bytes)
        self.layout = layout
    }

    mutating func next() throws(FormatError) -> NamedText? {
        while let line = try lines.next() {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw FormatError(file: lines.name, line: lines.lineNumber, problem: .text(.notUTF8))
            }
            if layout == .lines { return NamedText(id: "\(lines.lineNumber)", text: text) }
            let words = text.trimmed
            if words.isEmpty { continue }
            let id = words.prefix { !$0.isWhitespace }
            return NamedText(id: String(id), text: String(words[id.endIndex...]).trimmed)
        }
        return nil
    }
}

/// JSON objects.
private struct TextObjectReader: ~Copyable, RecordReader {
    private var records: JSONRecords

    init(_ bytes: consuming ByteReader) {
        records = JSONRecords(bytes)
    }

    mutating func next() throws(FormatError) -> NamedText? {
        guard let object = try records.next() else { return nil }
        var (id, text, writer) = (String?.none, String?.none, String?.none)
        var scanner = JSONScanner(object)
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if scanner.null() { return }
                switch key {
                case "id": id = try scanner.stringOrNumber()
                case "text": text = try scanner.string()
                case "writer": writer = try scanner.stringOrNumber()
                default: try scanner.skip()
                }
            }
            try scanner.end()
        } catch { throw records.error(error) }
        guard let id else {
            throw FormatError(file: records.name, line: records.lineNumber, problem: .ink(.missingMember("id")))
        }
        return NamedText(id: id, text: text, writer: writer)
    }
}
