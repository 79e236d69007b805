import StrandBytes

/// The samples of ink in a file of any format that `InkFormat` knows, plain or gzipped, one at a time.
///
/// The format is recognised by the first bytes, whatever the name; pipes can be read as well as files.
/// ```swift
/// var reader = InkFileReader(.file("ink.xopp"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct InkFileReader: ~Copyable, InkSampleReader {
    /// Bytes examined to recognise the format: few at first, for slow pipes, then enough for a long comment.
    private static let lookAhead = [1 << 10, 1 << 16]

    private var bytes: ByteReader?
    private let givenFormat: InkFormat?
    private let unipenOptions: UNIPENOptions
    private var isOpen = false
    private var reader: AnyReader<InkSample, InkRepairs>?

    /// The format of the file: the one given, or, after the first call of `next()`, the one detected.
    public private(set) var format: InkFormat?

    /// A reader of `source`. Does no I/O.
    ///
    /// - Parameters:
    ///   - format: the format; nil: recognised by the first bytes.
    ///   - unipen: how to read UNIPEN files.
    ///   - chunkSize: bytes to read from the system at a time.
    public init(
        _ source: ByteSource, format: InkFormat? = nil, unipen: UNIPENOptions = UNIPENOptions(),
        chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), format: format, unipen: unipen)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(
        _ bytes: consuming ByteReader, format: InkFormat? = nil, unipen: UNIPENOptions = UNIPENOptions()
    ) {
        self.bytes = .some(bytes)
        givenFormat = format
        self.format = format
        unipenOptions = unipen
    }

    public mutating func takeRepairs() -> InkRepairs { reader?.takeRepairs() ?? InkRepairs() }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        reader?.isNextRecordNear(withinMilliseconds: patience) ?? true
    }

    /// The next sample, or nil after the last.
    ///
    /// - Throws: `unknownInk`, `foreign` for a format that is known and not read, whatever `InkFormat.init(detecting:)` throws, `noSamples` for an empty file, or what
    ///   the format's reader throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if !isOpen { try open() }
        return try reader?.next()
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        isOpen = true
        let format: InkFormat = if let givenFormat { givenFormat } else { try Self.detect(&bytes) }
        self.format = format
        reader =
            switch format {
            case .jsonLines: AnyReader(InkJSONReader(bytes))
            case .inkML: AnyReader(InkMLReader(bytes))
            case .iamOnDB: AnyReader(IAMOnDBReader(bytes))
            case .xournal: AnyReader(XournalReader(bytes))
            case .quickDraw: AnyReader(QuickDrawReader(bytes))
            case .ujiPenCharacters: AnyReader(UJIPenCharactersReader(bytes))
            case .pointerEvents: AnyReader(PointerEventReader(bytes))
            case .reMarkable: AnyReader(ReMarkableReader(bytes))
            case .rnote: AnyReader(RnoteReader(bytes))
            case .svg: AnyReader(SVGReader(bytes))
            case .jiix: AnyReader(JIIXReader(bytes))
            case .omniglot: AnyReader(OmniglotReader(bytes))
            case .svc: AnyReader(SVCReader(bytes))
            case .unipen: AnyReader(UNIPENReader(bytes, options: unipenOptions))
            }
    }

    private static func detect(_ bytes: inout ByteReader) throws(FormatError) -> InkFormat {
        var problem = FormatError.Problem.ink(.unknownInk)
        for count in lookAhead {
            let start = Array(try bytes.lookAhead(count))
            if start.allSatisfy(\.isXMLSpace), start.count < count {
                throw FormatError(file: bytes.name, problem: .ink(.noSamples(expected: "a file with strokes")))
            }
            let foreign = ForeignFormat(detecting: start)
            let isCut = start.count == count && count != lookAhead.last
            do throws(FormatError.Problem) {
                let format = try InkFormat(detecting: start)
                // JSON counts as Strand's if its start does not show the format; a package of Xournal++ is a zip archive.
                let isSure = format != .jsonLines || !isCut || JSONScanner.firstInkMember(in: start[...]) != nil
                if isSure, foreign == nil || format == .xournal { return format }
            } catch {
                problem = error
            }
            if let foreign { throw FormatError(file: bytes.name, problem: .file(.foreign(foreign))) }
            if !isCut { break }
        }
        throw FormatError(file: bytes.name, problem: problem)
    }
}
