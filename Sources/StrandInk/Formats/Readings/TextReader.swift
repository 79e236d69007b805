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

/// The texts of a file, one at a time: plain lines, a table, JSON such as readings, or ink of any format.
///
/// The start shows the layout: an object, or an array of objects, is JSON; a tab, or names of columns parted by commas or
/// semicolons, mean a table with the columns `id` and `text` and optionally `rank`, of which only 1 is read, and `writer`.
/// Anything else that is no ink is plain text. Empty cells without quotation marks are missing texts. Where a table has a column `rank`
/// or `probability` it is `ReadingFormat.tsv`, whose escapes of tabs, line ends and backslashes are undone.
public struct TextReader: ~Copyable, RecordReader {
    private let givenLayout: PlainTextLayout?
    private var bytes: ByteReader?
    private var reader: AnyReader<NamedText, NoRepairs>?
    /// How plain text is understood, known after the first call of `next()`; nil: the file is not plain text.
    public private(set) var plain: PlainTextLayout?
    /// Whether the file is a table, known after the first call of `next()`.
    private(set) var isTable = false

    /// A reader of `source`. Does no I/O.
    /// - Parameter plain: how plain text is to be understood; nil: as its first lines show.
    public init(
        _ source: ByteSource, plain: PlainTextLayout? = nil, chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), plain: plain)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, plain: PlainTextLayout? = nil) {
        self.bytes = .some(bytes)
        givenLayout = plain
    }

    /// The next text, or nil after the last.
    /// - Throws: `notUTF8`, `binary`, `missingID`, `invalidJSON`, `missingMember`, `missingColumn`, `columnCount`,
    ///   `earlyEnd`, or what the readers of ink and `ByteReader` throw.
    public mutating func next() throws(FormatError) -> NamedText? {
        if reader == nil { try open() }
        return try reader?.next()
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        let start = try Self.start(of: &bytes)
        if Array(start.prefix(2)).startsAsUTF16 { throw FormatError(file: bytes.name, problem: .text(.utf16)) }
        if let format = try? InkFormat(detecting: Array(try bytes.lookAhead(1 << 10))), format != .jsonLines {
            reader = AnyReader(InkTextReader(reader: InkFileReader(bytes, format: format)))
        } else if start.startsAsObjects {
            reader = AnyReader(TextObjectReader(bytes))
        } else if Self.isTable(start.prefix { !"\r\n".utf8.contains($0) }, given: givenLayout) {
            reader = AnyReader(TextTableReader(bytes))
            isTable = true
        } else {
            let layout = if let givenLayout { givenLayout } else { try Self.layout(of: &bytes) }
            reader = AnyReader(TextLineReader(bytes, layout))
            plain = layout
        }
    }

    /// Whether the first line names columns; after Kaldi's ids a tab may stand too.
    private static func isTable(_ line: ArraySlice<UInt8>, given: PlainTextLayout?) -> Bool {
        guard let separator = TextColumns.separator(of: line) else { return false }
        return given != .kaldi || line.split(separator: separator).contains { $0.elementsEqual("id".utf8) }
    }

    private static func layout(of bytes: inout ByteReader) throws(FormatError) -> PlainTextLayout {
        let count = 1 << 14
        let start = try bytes.lookAhead(count)
        // The last line may be cut.
        let lines = start.split { "\r\n".utf8.contains($0) }.dropLast(start.count == count ? 1 : 0)
        return PlainTextLayout(detecting: lines.map { String(utf8OrLatin1: $0) }, fileName: bytes.name)
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
