import StrandBytes

/// The pages of a document of Rnote (`.rnote`: JSON, gzipped), of its versions 0.5 to 0.15.
///
/// Strokes of the pen are taken in the order of writing; those of the highlighter, shapes and pictures are left out and
/// counted. A page of the document's format that has ink is a sample, `NAME-PAGE` with the page's number from 1; a document
/// without borders between pages (semi-infinite, infinite) is one sample, `NAME`. Curves are followed in short lines. A
/// unit is a pixel of the document's resolution.
/// ```swift
/// var reader = RnoteReader(.file("notes.rnote"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct RnoteReader: ~Copyable, InkFormatReader {
    private var records: JSONRecords
    private let stem: String
    private var pages: ArraySlice<InkSample>?
    private var repairs = InkRepairs()

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        stem = bytes.source.stem
        records = JSONRecords(bytes)
    }

    /// Members of which a document's `data` has one.
    static let members = ["\"engine_snapshot\"", "\"store_snapshot\""]

    public mutating func takeRepairs() -> InkRepairs { repairs.take() }

    /// The next page, or nil after the last. The first call reads the whole document.
    /// - Throws: `noSamples`, `invalidJSON`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if pages == nil {
            let read = try readPages()
            if read.isEmpty {
                throw FormatError(file: records.name, problem: .ink(.noSamples(expected: "a document with strokes")))
            }
            pages = read[...]
        }
        return pages?.popFirst()
    }

    private mutating func readPages() throws(FormatError) -> [InkSample] {
        guard let text = try records.next() else { return [] }
        var scanner = JSONScanner(text)
        var document = RnoteDocument()
        do throws(JSONScanner.Fault) {
            try document.read(&scanner)
            try scanner.end()
        } catch {
            throw records.error(error)
        }
        for (kind, count) in document.leftOut.sorted(by: { $0.key < $1.key }) {
            repairs.note(.otherTool, count: count, example: kind)
        }
        return document.samples(named: stem)
    }
}
