import StrandBytes

/// The line of text in a file of IAM-OnDB (Liwicki & Bunke 2005), `lineStrokes/.../a01-000u-01.xml`.
///
/// A file is one sample, named after it. Its text is the transcription inside it, line by line, as in the files of whole
/// forms; else it comes from the transcription file beside it, or from the one in the folder `ascii` in place of
/// `lineStrokes`: `a01-000u.txt`, where the last number of the name selects a line after `CSR:`. A text file with the
/// whole name holds the text of this sample alone. Without any, the text is unknown. Times in the file are seconds.
/// ```swift
/// var reader = IAMOnDBReader(.file("a01-000u-01.xml"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct IAMOnDBReader: ~Copyable, InkFormatReader {
    private var samples: XMLSamples<IAMOnDBHandler>

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        samples = XMLSamples(bytes)
    }

    /// The sample, then nil.
    ///
    /// - Throws: a fault of the XML (`malformedXML`, `documentType`, ...), `notANumber`, `numberTooLarge`,
    ///   `missingTranscription`, `missingSection`, `noSamples`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        guard var sample = try samples.next() else { return nil }
        if sample.text == nil, case .file(let path) = samples.source {
            sample.text = try IAMOnDBTranscription.text(besideInk: path)
        }
        return sample
    }
}
