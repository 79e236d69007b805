import StrandBytes

/// The samples of an InkML document (W3C Recommendation, 20 September 2011), one at a time.
///
/// If traces and truth are directly in `ink`, the document is one sample; if there are only trace groups with a truth
/// or an id of their own, each is one. Truth is an `annotation` of the type truth, label, transcription or text, or
/// such an element inside `annotationXML`; ids are of the type UI or sampleId, else `xml:id`, else the file's name.
/// Prefixes of names are ignored. Channels other than X, Y and T, brushes, mappings and time stamps are skipped; traces
/// with the pen up are not ink. Differences (`'`, `"`), wildcards (`*`, `?`) and intermittent channels are understood.
/// ```swift
/// var reader = InkMLReader(.file("formula.inkml"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct InkMLReader: ~Copyable, RecordReader {
    private var samples: XMLSamples<InkMLHandler>

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        samples = XMLSamples(bytes)
    }

    /// The next sample, or nil after the last. The first call reads the whole document.
    ///
    /// - Throws: a fault of the XML (`malformedXML`, `documentType`, ...), `notANumber`, `numberTooLarge`,
    ///   `partialPoint`, `missingChannel`, `missingReference`, `noSamples`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? { try samples.next() }
}
