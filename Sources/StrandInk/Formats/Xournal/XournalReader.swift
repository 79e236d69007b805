import StrandBytes

/// The pages of a document of Xournal or Xournal++ (`.xoj`, `.xopp`: XML, usually gzipped, or packaged in a
/// zip archive), one at a time.
///
/// A page with strokes of the pen is a sample; those of the highlighter and the eraser are left out and counted. Text boxes may give the
/// true text, `label: Hello`, if only one on the page begins so, and the sample's name, `sample_name: hello`, as in
/// OnlineHTR's documents; without a name the id consists of the file's name and the page's number, from 1. Coordinates
/// are 1/72 inch; decimal commas, which Xournal wrote in some locales, are understood.
/// ```swift
/// var reader = XournalReader(.file("notes.xopp"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct XournalReader: ~Copyable, InkFormatReader {
    private var samples: XMLSamples<XournalHandler>

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        samples = XMLSamples(bytes)
    }

    /// The next sample, or nil after the last. The first call reads the whole document.
    ///
    /// A stroke that cannot be read is thrown before its page; the call after gives the page without it.
    /// - Throws: a fault of the XML (`malformedXML`, `documentType`, ...), `faultyStroke`, `noSamples`, or what
    ///   `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? { try samples.next() }

    public mutating func takeRepairs() -> InkRepairs { samples.takeRepairs() }
}
