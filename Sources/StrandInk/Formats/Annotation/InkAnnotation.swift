import StrandBytes

/// A document of ink with the texts that were read from it written into it, for programs that search documents.
///
/// Everything else of the document stays as it is, byte for byte; texts that were written into it before are replaced.
public struct InkAnnotation {
    /// What was read from the samples of the document, in their order.
    public typealias Readings = [(sample: InkSample, reading: InkReading)]

    private let bytes: [UInt8]
    private let file: String
    private let format: InkFormat
    private let wasCompressed: Bool

    /// A document larger than this is none that a person wrote.
    private static let largest = 1 << 30

    /// Reads a document of Xournal, Xournal++ or InkML.
    /// - Throws: `notAnnotated` for another format, or what `ByteReader` throws.
    public init(path: String) throws(FormatError) {
        var reader = ByteReader(ByteSource(argument: path))
        file = reader.name
        let start = Array(try reader.lookAhead(1 << 16))
        guard let format = try? InkFormat(detecting: start), format == .xournal || format == .inkML,
            !start.starts(with: ZipArchive.magic), !start.startsAsUTF16,
            let bytes = try reader.readAll(limit: Self.largest)
        else { throw FormatError(file: reader.name, problem: .ink(.notAnnotated)) }
        self.format = format
        self.bytes = bytes
        wasCompressed = reader.isGzip
    }

    /// Writes the document with its texts, gzipped if it was, or if the name asks for it.
    /// - Throws: `otherInk` if the document does not hold the samples, a fault of the XML, or `cannotWrite`.
    public func write(_ readings: Readings, to destination: ByteDestination) throws(FormatError) {
        var document = try annotated(readings)
        if wasCompressed && !destination.isCompressed { document = Gzip.compress(document) }
        try ByteWriter.write(document, to: destination)
    }

    /// The document with its texts.
    func annotated(_ readings: Readings) throws(FormatError) -> [UInt8] {
        var reader = ByteReader(.memory(bytes, name: file))
        let edits: XMLEdits?
        switch format {
        case .xournal:
            edits = try XMLWalk.walk(&reader, handler: XournalAnnotator(document: bytes))?.edits(for: readings)
        default: edits = try XMLWalk.walk(&reader, handler: InkMLAnnotator(document: bytes))?.edits(for: readings)
        }
        guard let edits else { throw FormatError(file: file, problem: .ink(.otherInk)) }
        return edits.applied(to: bytes)
    }
}

/// Changes of a document's text, by their places in it.
struct XMLEdits {
    private var edits: [(range: Range<Int>, text: String)] = []

    mutating func insert(_ text: String, at offset: Int) { edits.append((offset..<offset, text)) }

    mutating func remove(_ range: Range<Int>) { edits.append((range, "")) }

    func applied(to bytes: [UInt8]) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += bytes[position..<edit.range.lowerBound]
            result += edit.text.utf8
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }
}

extension [UInt8] {
    /// The index behind the tag that begins here, and behind a line end after it.
    func endOfTag(at start: Int) -> Int {
        guard let end = self[start...].firstIndex(of: UInt8(ascii: ">")) else { return count }
        return end + 1 < count && self[end + 1] == UInt8(ascii: "\n") ? end + 2 : end + 1
    }
}

extension String {
    /// The text as XML in any encoding that contains ASCII.
    var escapedForAnyXML: String {
        escapedForXML.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined()
    }
}
