import StrandBytes

/// Collects ink samples from the elements of a document.
protocol XMLInkHandler: XMLHandler {
    init(source: ByteSource)

    /// All samples, at the end of the document.
    func samples() throws(FormatError.Problem) -> [InkSample]

    /// What samples lack because it cannot be read, each with the index of its sample.
    var faults: [(sample: Int, error: FormatError)] { get }

    /// What was left out or understood by policy.
    var repairs: InkRepairs { get }

    /// The document's name in a zip archive, where it may come in one.
    static var packedName: String? { get }
}

extension XMLInkHandler {
    static var packedName: String? { nil }
    var faults: [(sample: Int, error: FormatError)] { [] }
    var repairs: InkRepairs { InkRepairs() }
}

/// The samples of one document, which is read at the first call.
struct XMLSamples<Handler: XMLInkHandler>: ~Copyable {
    /// Nil when they are read.
    private var bytes: ByteReader?
    let source: ByteSource
    private var isUnpacked = false
    private var samples: [InkSample]?
    private var position = 0
    private var faults: ArraySlice<(sample: Int, error: FormatError)> = []
    private var repairs = InkRepairs()

    init(_ bytes: consuming ByteReader) {
        source = bytes.source
        self.bytes = .some(bytes)
    }

    /// The next sample, or nil after the last. What it lacks is thrown before it; the call after gives it without.
    /// - Throws: `noSamples`, a fault of the document, `faultyStroke`, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> InkSample? {
        do throws(FormatError) {
            if let bytes = bytes.take() {
                samples = []
                samples = try read(bytes)
            }
            if let fault = faults.first, fault.sample <= position {
                faults.removeFirst()
                throw fault.error
            }
        } catch {
            var error = error
            error.isUnpacked = isUnpacked
            throw error
        }
        guard let samples, position < samples.count else { return nil }
        position += 1
        return samples[position - 1]
    }

    mutating func takeRepairs() -> InkRepairs {
        defer { repairs = InkRepairs() }
        return repairs
    }

    private mutating func read(_ stored: consuming ByteReader) throws(FormatError) -> [InkSample] {
        var bytes = stored
        let start = try bytes.lookAhead(ZipArchive.magic.count)
        isUnpacked = bytes.isGzip
        if let name = Handler.packedName, start.elementsEqual(ZipArchive.magic) {
            isUnpacked = true
            bytes = try ZipArchive.open(name, in: bytes)
        }
        guard let handler = try XMLWalk.walk(&bytes, handler: Handler(source: source)) else {
            throw FormatError(file: source.name, problem: .ink(.noSamples(expected: "an element '\(Handler.root)'")))
        }
        let samples: [InkSample]
        do throws(FormatError.Problem) {
            samples = try handler.samples()
        } catch {
            throw FormatError(file: source.name, problem: error)
        }
        faults = handler.faults[...]
        repairs = handler.repairs
        if samples.isEmpty && faults.isEmpty {
            throw FormatError(file: source.name, problem: .ink(.noSamples(expected: "a document with strokes")))
        }
        return samples
    }
}

extension String {
    /// This text without white space at both ends if that breaks lines, and so is only layout.
    var withoutLayout: String {
        let isLaidOut = first?.isNewline == true || last?.isNewline == true
        return isLaidOut ? trimmed : self
    }

    /// This text without white space at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
