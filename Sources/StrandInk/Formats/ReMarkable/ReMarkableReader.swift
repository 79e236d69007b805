import StrandBytes

/// The page in a file of a tablet of reMarkable (`.rm`, versions 3, 5 and 6), plain or gzipped.
///
/// Lines of pens, pencils, markers and brushes are taken in the order they stand in; those of highlighter, shader and erasers
/// are left out and counted, and so is typed text. The page is a sample, named after its file. Ink that was written
/// beside typed text moves with it, so that its place on the page is not in the file: the ink of each paragraph is then a
/// sample of its own, `NAME-1` and so on. A unit is a pixel of 226 to the inch.
/// ```swift
/// var reader = ReMarkableReader(.file("page.rm"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct ReMarkableReader: ~Copyable, InkFormatReader {
    private var bytes: ByteReader
    private var samples: ArraySlice<InkSample>?
    private var repairs = InkRepairs()

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        self.bytes = bytes
    }

    /// How a file starts; the number of the version follows, and blanks up to `headerSize`.
    static let firstBytes = Array("reMarkable .lines file, version=".utf8)
    private static let headerSize = 43
    private static let unitsPerMillimetre = 226 / 25.4
    /// No page is larger.
    private static let largest = 1 << 28

    public mutating func takeRepairs() -> InkRepairs { repairs.take() }

    /// The next sample, or nil after the last. The first call reads the whole page.
    /// - Throws: `noSamples`, `unexpected` for another version, `earlyEnd`, `badBytes`, `numberTooLarge`, or what
    ///   `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if samples == nil {
            guard let content = try bytes.readAll(limit: Self.largest) else {
                throw FormatError(file: bytes.name, problem: .ink(.badBytes(expected: "the end", offset: Self.largest)))
            }
            samples = []
            do throws(FormatError.Problem) { samples = try read(content) } catch {
                throw FormatError(file: bytes.name, problem: error)
            }
        }
        return samples?.popFirst()
    }

    private mutating func read(_ content: [UInt8]) throws(FormatError.Problem) -> ArraySlice<InkSample> {
        let header = String(decoding: content.prefix(Self.headerSize), as: UTF8.self)
        guard content.starts(with: Self.firstBytes), content.count >= Self.headerSize else {
            throw content.isEmpty
                ? .ink(.noSamples(expected: "a page of reMarkable"))
                : .text(.unexpected(header, expected: "a header of reMarkable"))
        }
        let rest = ReMarkableBytes(content[Self.headerSize...])
        let version = header.dropFirst(Self.firstBytes.count).description.trimmed
        let lines: [ReMarkableLine]
        switch version {
        case "3", "5": lines = try ReMarkableLayers.lines(rest, version: version == "3" ? 3 : 5)
        case "6": lines = try ReMarkableScene(rest).lines
        default: throw .text(.unexpected("version \(version)", expected: "version 3, 5 or 6"))
        }
        return samples(of: lines)[...]
    }

    private mutating func samples(of lines: [ReMarkableLine]) -> [InkSample] {
        var anchors: [ReMarkableID?] = []
        var strokes: [ReMarkableID?: [[InkPoint]]] = [:]
        for line in lines {
            switch line.kind {
            case .pen:
                if strokes[line.anchor] == nil { anchors.append(line.anchor) }
                strokes[line.anchor, default: []].append(line.points)
            case .eraser: repairs.note(.erased)
            case .other(let tool): repairs.note(.otherTool, example: tool)
            }
        }
        let stem = bytes.source.stem
        // A page without ink is a sample without strokes.
        if anchors.isEmpty { anchors = [nil] }
        return anchors.enumerated().map { index, anchor in
            InkSample(
                id: anchors.count > 1 ? "\(stem)-\(index + 1)" : stem, strokes: strokes[anchor] ?? [],
                unitsPerMillimetre: Self.unitsPerMillimetre)
        }
    }
}
