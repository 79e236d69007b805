import StrandBytes

/// The drawings of a file of Quick, Draw! (newline-delimited JSON, raw or simplified), plain or gzipped, one at a time.
///
/// A line holds an object with `drawing`, an array of strokes `[[x,...],[y,...],[t,...]]`, t in milliseconds and only in
/// raw files; `word` becomes the text and `key_id` the id, without which a sample is named by its line. Other members,
/// blank lines and further arrays of a stroke are skipped; strokes without points are kept.
/// ```swift
/// var reader = QuickDrawReader(.file("cat.ndjson"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?") }
/// ```
public struct QuickDrawReader: ~Copyable, InkFormatReader {
    private var lines: InkJSONLines

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = InkJSONLines(bytes, strokes: "drawing")
    }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        lines.isNextLineNear(withinMilliseconds: patience)
    }

    public mutating func takeRepairs() -> InkRepairs { lines.takeRepairs() }

    /// The next sample, or nil after the last.
    /// - Throws: `noSamples`, `invalidJSON`, `missingMember`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        try lines.next(expected: "a JSON object a line with a drawing") {
            key, scanner, sample, furtherValues throws(JSONScanner.Fault) in
            switch key {
            case "key_id": sample.id = try scanner.stringOrNumber()
            case "word": sample.text = try scanner.string()
            case "drawing": sample.strokes = try scanner.drawing(&furtherValues)
            default: try scanner.skip()
            }
        }
    }
}

extension JSONScanner {
    fileprivate mutating func drawing(_ furtherValues: inout Int) throws(Fault) -> [[InkPoint]] {
        var strokes: [[InkPoint]] = []
        var (further, clock) = (0, InkClock())
        try array { scanner throws(Fault) in strokes.append(try scanner.columns(&further, &clock)) }
        furtherValues += further
        return strokes
    }

    /// A stroke: its x, its y and optionally its times.
    private mutating func columns(_ further: inout Int, _ clock: inout InkClock) throws(Fault) -> [InkPoint] {
        var columns: [[Double]] = []
        var (hasFurther, running) = (false, clock)
        try array { scanner throws(Fault) in
            if columns.count == 3 {
                hasFurther = true
                return try scanner.skip()
            }
            columns.append(try columns.count == 2 ? scanner.times(&running) : scanner.limitedNumbers())
            if columns.last!.count != columns[0].count { throw scanner.fault("as many y and t as x") }
        }
        clock = running
        if columns.count < 2 { throw fault("x and y of a stroke") }
        if hasFurther { further += columns[0].count }
        return columns[0].indices.map { index in
            InkPoint(x: columns[0][index], y: columns[1][index], time: columns.count == 3 ? columns[2][index] : nil)
        }
    }
}
