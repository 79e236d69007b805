import StrandBytes

/// The samples of a UNIPEN file, plain or gzipped, one at a time, in memory bounded by the largest set.
///
/// The format is UNIPEN 1.0 (Guyon, Schomaker, Plamondon, Liberman & Janet 1994). Included files are read recursively.
/// A sample is a segment; `UNIPENOptions.level` says which. Components are numbered from 0 in each set, including
/// pen-up ones but not empty ones; only pen-down components become strokes. UNIPEN's y grows upwards and is negated; if
/// its resolution differs from that of x, it is scaled to it. Without times in the points, `strokeStarts` come from the
/// rate.
/// ```swift
/// var reader = UNIPENReader(.file("data/7/hwaa1277.dat"), options: UNIPENOptions(root: "include"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct UNIPENReader: ~Copyable, InkSampleReader {
    private var parser: UNIPENParser
    private let level: String?
    private let stem: String
    private var set = UNIPENSet()
    private var selection: [UNIPENSegment] = []
    private var position = 0
    private var sampleCount = 0
    private var foundTypes: [String] = []

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(
        _ source: ByteSource, options: UNIPENOptions = UNIPENOptions(), chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), options: options)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, options: UNIPENOptions) {
        stem = bytes.source.stem
        level = options.level
        parser = UNIPENParser(bytes, options: options)
    }

    /// Missing included files that were skipped, as `UNIPENOptions` allows.
    public mutating func takeRepairs() -> InkRepairs { parser.takeRepairs() }

    /// The next sample, or nil after the last. A sample's id is the file's name and its number in the file.
    ///
    /// - Throws: a fault of the text (`notANumber`, `partialPoint`, `missingChannel`, `labelWithoutEnd`, ...), of an
    ///   included file (`includeNotFound`, `includeOutsideRoot`, `includeLoop`, ...), of a segment (`componentOutOfRange`,
    ///   `noSegments`, ...), `noSamples`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        while position == selection.count {
            guard let next = try parser.nextSet() else { return try end() }
            set = next
            selection = set.segments(ofLevel: level)
            foundTypes += set.segmentTypes.filter { !foundTypes.contains($0) }
            position = 0
        }
        let segment = selection[position]
        position += 1
        sampleCount += 1
        return try set.sample(of: segment, id: "\(stem)-\(sampleCount)")
    }

    private func end() throws(FormatError) -> InkSample? {
        if sampleCount > 0 { return nil }
        if let level, !set.isEmpty {
            throw FormatError(file: parser.name, problem: .ink(.noSegments(level: level, found: foundTypes)))
        }
        throw FormatError(file: parser.name, problem: .ink(.noSamples(expected: "a UNIPEN component, '.PEN_DOWN',")))
    }
}
