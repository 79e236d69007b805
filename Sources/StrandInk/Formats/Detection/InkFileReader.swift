import StrandBytes

/// The samples of ink in a file of any format that `InkFormat` knows, plain or gzipped, one at a time.
///
/// The format is told by the first bytes, whatever the name; a pipe can be read as well as a file.
/// ```swift
/// var reader = InkFileReader(.file("ink.xopp"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct InkFileReader: ~Copyable, InkSampleReader {
    /// Bytes looked at to tell the format: few, which a slow pipe soon gives, then as many as a long comment may need.
    private static let lookAhead = [1 << 10, 1 << 16]

    private var bytes: ByteReader?
    private let givenFormat: InkFormat?
    private let unipen: UNIPENOptions
    private var reader: AnyInkReader?

    /// The format of the file: the one given, or, after the first call of `next()`, the one detected.
    public private(set) var format: InkFormat?

    /// A reader of `source`. Does no I/O.
    ///
    /// - Parameters:
    ///   - format: the format; nil: told by the first bytes.
    ///   - unipen: how UNIPEN files are read.
    ///   - chunkSize: bytes asked of the system at a time.
    public init(
        _ source: ByteSource, format: InkFormat? = nil, unipen: UNIPENOptions = UNIPENOptions(),
        chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), format: format, unipen: unipen)
    }

    /// A reader of what `bytes` has not read yet.
    package init(
        _ bytes: consuming ByteReader, format: InkFormat? = nil, unipen: UNIPENOptions = UNIPENOptions()
    ) {
        self.bytes = .some(bytes)
        givenFormat = format
        self.format = format
        self.unipen = unipen
    }

    /// Names of files that UNIPEN files include, that were not there and were skipped.
    public var skippedIncludes: [String] { reader?.skippedIncludes ?? [] }

    public func isNextSampleNear(withinMilliseconds patience: Int) -> Bool {
        reader?.isNextSampleNear(withinMilliseconds: patience) ?? true
    }

    /// The next sample, or nil after the last.
    ///
    /// - Throws: `unknownInk` and what else `InkFormat.init(detecting:)` throws, `noSamples` for an empty file, or what
    ///   the format's reader throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if reader == nil { try open() }
        return try reader?.next()
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        let format: InkFormat = if let givenFormat { givenFormat } else { try Self.detect(&bytes) }
        self.format = format
        reader =
            switch format {
            case .jsonLines: InkReaderBox(InkJSONReader(bytes))
            case .inkML: InkReaderBox(InkMLReader(bytes))
            case .unipen: UNIPENReaderBox(UNIPENReader(bytes, options: unipen))
            case .iamOnDB: InkReaderBox(IAMOnDBReader(bytes))
            case .xournal: InkReaderBox(XournalReader(bytes))
            case .quickDraw: InkReaderBox(QuickDrawReader(bytes))
            case .ujiPenCharacters: InkReaderBox(UJIPenCharactersReader(bytes))
            case .pointerEvents: InkReaderBox(PointerEventReader(bytes))
            }
    }

    private static func detect(_ bytes: inout ByteReader) throws(FormatError) -> InkFormat {
        var problem = FormatError.Problem.unknownInk
        for count in lookAhead {
            let start = Array(try bytes.lookAhead(count))
            if start.allSatisfy(\.isXMLSpace), start.count < count {
                throw FormatError(file: bytes.name, problem: .noSamples(expected: "a file with strokes"))
            }
            let isCut = start.count == count && count != lookAhead.last
            do throws(FormatError.Problem) {
                let format = try InkFormat(detecting: start)
                // JSON counts as Strand's where the start does not show whose it is.
                if format != .jsonLines || !isCut || JSONScanner.firstInkMember(in: start[...]) != nil { return format }
            } catch {
                problem = error
            }
            if !isCut { break }
        }
        throw FormatError(file: bytes.name, problem: problem)
    }
}

/// A reader of any format. Readers cannot be copied, so that no collection or enumeration can hold them easily; a box can.
private class AnyInkReader {
    var skippedIncludes: [String] { [] }

    func next() throws(FormatError) -> InkSample? { preconditionFailure("a box holds a reader") }

    func isNextSampleNear(withinMilliseconds patience: Int) -> Bool { true }
}

private class InkReaderBox<Reader: InkSampleReader & ~Copyable>: AnyInkReader {
    var reader: Reader

    init(_ reader: consuming Reader) {
        self.reader = reader
    }

    override func next() throws(FormatError) -> InkSample? { try reader.next() }

    override func isNextSampleNear(withinMilliseconds patience: Int) -> Bool {
        reader.isNextSampleNear(withinMilliseconds: patience)
    }
}

private final class UNIPENReaderBox: InkReaderBox<UNIPENReader> {
    override var skippedIncludes: [String] { reader.skippedIncludes }
}
