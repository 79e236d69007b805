import StrandBytes

/// The samples of an InkML document (W3C Recommendation, 20 September 2011), one at a time.
///
/// If the document has a text, or no part of it has one, it is one sample; else the groups and views of the finest level
/// with a text are, those beside them, and ink outside of all, without text. Truth is an `annotation` of the type truth,
/// normalizedLabel, label, transcription, text or textField, or such an element inside `annotationXML`; ids are of the
/// type UI, sampleId or exampleId, else `xml:id`, else the file's name. Traces in `definitions` are ink where a view shows
/// them; views may show a part (`from`, `to`).
///
/// Prefixes of names are ignored. Orientations of X and Y and affine canvas transforms are applied; times come in
/// milliseconds from any unit. Other channels, brushes, other mappings and time stamps are skipped; traces with the pen up
/// are not ink. Differences (`'`, `"`), wildcards (`*`, `?`) and intermittent channels are understood.
/// ```swift
/// var reader = InkMLReader(.file("formula.inkml"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct InkMLReader: ~Copyable, InkFormatReader {
    private var samples: XMLSamples<InkMLHandler>

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        samples = XMLSamples(bytes)
    }

    /// The next sample, or nil after the last. The first call reads the whole document.
    ///
    /// - Throws: a fault of the XML (`malformedXML`, `documentType`, ...), `notANumber`, `numberTooLarge`,
    ///   `partialPoint`, `undividedPoints`, `missingChannel`, `missingReference`, `viewLoop`, `unknownUnit`,
    ///   `unknownMapping`, `noSamples`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? { try samples.next() }

    public mutating func takeRepairs() -> InkRepairs { samples.takeRepairs() }
}
