import StrandBytes

/// The ink in a JSON export of MyScript, plain or gzipped: JIIX (developer.myscript.com, "JIIX format reference") with its
/// strokes (`export.jiix.strokes`), and the older requests and exports whose strokes are `{"x":[...],"y":[...],"t":[...]}`.
///
/// Strokes are found wherever they are, in words, characters, nodes of diagrams or groups: objects with arrays `X` and `Y`
/// (or `x` and `y`) of one length. If all have a time of their own they are put in the order of writing, else they stay
/// in that of the file. A document is a sample; the `label` of its outermost block is the text that was recognised, not a
/// true one, so it is skipped. The unit is a millimetre, if the document is JIIX. A sample is named by its `id`, else by its line.
/// ```swift
/// var reader = JIIXReader(.file("note.jiix"))
/// while let sample = try reader.next() { print(sample.id, sample.strokes.count) }
/// ```
public struct JIIXReader: ~Copyable, InkFormatReader {
    private var records: JSONRecords
    private var hasSamples = false

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        records = JSONRecords(bytes)
    }

    /// Members of the outermost object of which a document has one.
    package static let members: Set<String> = [
        "bounding-box", "words", "chars", "elements", "expressions", "children", "items", "inputUnits", "strokeGroups",
    ]

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        records.isNextLineNear(withinMilliseconds: patience)
    }

    /// The next sample, or nil after the last.
    /// - Throws: `noSamples`, `missingMember` where a document has no strokes, `invalidJSON`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        guard let text = try records.next() else {
            if hasSamples { return nil }
            throw FormatError(file: records.name, problem: .ink(.noSamples(expected: "a JIIX document")))
        }
        hasSamples = true
        var sample = InkSample(id: records.recordName, strokes: [])
        var scanner = JSONScanner(text)
        var found = JIIXStrokes()
        do throws(JSONScanner.Fault) {
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if key == "id", !scanner.isAtObject {
                    sample.id = try scanner.stringOrNumber()
                } else {
                    try found.search(key, &scanner)
                }
            }
            try scanner.end()
        } catch {
            throw records.error(error)
        }
        if found.strokes.isEmpty {
            throw FormatError(
                file: records.name, line: records.lineNumber, record: sample.id, problem: .ink(.missingMember("X")))
        }
        sample.strokes = found.inOrder
        return sample
    }
}

/// The strokes of a document, found in any of its objects.
private struct JIIXStrokes {
    struct Stroke {
        var start: Double?
        var points: [InkPoint]
    }

    private(set) var strokes: [Stroke] = []

    /// In the order of writing if it is known.
    var inOrder: [[InkPoint]] {
        let starts = strokes.compactMap(\.start)
        guard starts.count == strokes.count, let first = starts.min() else { return strokes.map(\.points) }
        return zip(starts, strokes).sorted { $0.0 < $1.0 }.map { start, stroke in
            stroke.points.map { point in
                let time = (point.time ?? 0) + start - first
                return InkPoint(x: point.x, y: point.y, time: abs(time) <= InkJSONReader.largestNumber ? time : nil)
            }
        }
    }

    /// Consumes the value of a member.
    mutating func search(_ key: String, _ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        if scanner.isAtObject { return try object(&scanner) }
        guard scanner.isAtArray else { return try scanner.skip() }
        try scanner.array { scanner throws(JSONScanner.Fault) in try search(key, &scanner) }
    }

    private mutating func object(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        var (x, y, t): ([Double]?, [Double]?, [Double]?)
        var start: Double?
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "X" where scanner.isAtArray, "x" where scanner.isAtArray: x = try scanner.limitedNumbers()
            case "Y" where scanner.isAtArray, "y" where scanner.isAtArray: y = try scanner.limitedNumbers()
            case "T" where scanner.isAtArray, "t" where scanner.isAtArray: t = try scanner.limitedNumbers()
            case "timestamp": start = Self.milliseconds(try scanner.stringOrNumber())
            default: try search(key, &scanner)
            }
        }
        guard let x, let y else { return }
        if x.count != y.count || (t.map { $0.count != x.count && !$0.isEmpty } ?? false) {
            throw scanner.fault("as many Y and T as X before")
        }
        let times = t?.count == x.count ? t : nil
        strokes.append(
            Stroke(start: start, points: x.indices.map { InkPoint(x: x[$0], y: y[$0], time: times?[$0]) }))
    }

    /// Of `2026-05-31 17:48:09.912000`, or of a number of milliseconds. Days are counted as if all months had 31, which keeps
    /// the order; a recording goes over no end of a month that matters.
    private static func milliseconds(_ text: String) -> Double? {
        if let number = Double(text) { return number }
        let parts = text.split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
        guard parts.count >= 6 else { return nil }
        let days = (parts[0] * 12 + parts[1]) * 31 + parts[2]
        return ((days * 24 + parts[3]) * 60 + parts[4]) * 60_000 + parts[5] * 1000
    }
}
