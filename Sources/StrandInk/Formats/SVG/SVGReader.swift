import StrandBytes

/// The lines of an SVG drawing, plain or gzipped (`.svgz`): paths, polylines, polygons and lines, in the order they stand in.
///
/// A subpath is a stroke; curves and arcs are followed in short lines, transforms are applied. A filled area without a line
/// around it is the outline of a pen's line and not its course: it is left out and counted, as are shapes, text and
/// pictures. Style sheets are not read. A drawing is a sample, named after its file, without a text.
/// ```swift
/// var reader = SVGReader(.file("note.svg"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct SVGReader: ~Copyable, InkFormatReader {
    private var samples: XMLSamples<SVGHandler>

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        samples = XMLSamples(bytes)
    }

    /// The sample, then nil.
    ///
    /// A line that cannot be read is thrown before the sample; the call after gives the sample without it.
    /// - Throws: a fault of the XML (`malformedXML`, `documentType`, ...), `faultyStroke`, `noSamples`, or what
    ///   `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? { try samples.next() }

    public mutating func takeRepairs() -> InkRepairs { samples.takeRepairs() }
}
