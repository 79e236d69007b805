import StrandBytes

/// Collects ink samples from the elements of a document.
protocol XMLInkHandler: XMLHandler {
    init(stem: String)

    /// All samples, at the end of the document.
    func samples() throws(FormatError.Problem) -> [InkSample]
}

/// The samples of one document, which is read at the first call.
struct XMLSamples<Handler: XMLInkHandler>: ~Copyable {
    private var bytes: ByteReader
    private var samples: [InkSample]?
    private var position = 0

    init(_ bytes: consuming ByteReader) {
        self.bytes = bytes
    }

    var source: ByteSource { bytes.source }

    /// The next sample, or nil after the last.
    /// - Throws: `noSamples`, a fault of the document, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> InkSample? {
        if samples == nil { samples = try read() }
        guard let samples, position < samples.count else { return nil }
        position += 1
        return samples[position - 1]
    }

    private mutating func read() throws(FormatError) -> [InkSample] {
        guard let handler = try XMLWalk.walk(&bytes, handler: Handler(stem: bytes.source.stem)) else {
            throw FormatError(file: bytes.name, problem: .ink(.noSamples(expected: "an element '\(Handler.root)'")))
        }
        let samples: [InkSample]
        do throws(FormatError.Problem) {
            samples = try handler.samples()
        } catch {
            throw FormatError(file: bytes.name, problem: error)
        }
        if samples.isEmpty {
            throw FormatError(file: bytes.name, problem: .ink(.noSamples(expected: "a document with strokes")))
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
