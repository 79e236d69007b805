import StrandBytes

/// The samples of a file of JSON Lines, plain or gzipped, one at a time; also of an array of objects, and of objects
/// written over several lines.
///
/// An object is `{"id","writer","text","strokes":[[[x,y] or [x,y,t],...],...]}`, or has its strokes as the WICG's Handwriting
/// Recognition API does, `{"points":[{"x","y","t"},...]}`, and optionally `upmm` (units per
/// millimetre), `hz` (points per second), `t0` (start of each stroke in ms), `style`. Other members, blank lines, and
/// further values of a point, such as pressure, are skipped; the points with such values are counted. Wall-clock times are
/// counted from the first. Ids and writers may be numbers. Only `strokes` is required; a sample without an id is named by its line, in an array by its number.
/// ```swift
/// var reader = InkJSONReader(.file("words.jsonl.gz"))
/// while let sample = try reader.next() { print(sample.id, sample.text ?? "?", sample.pointCount) }
/// ```
public struct InkJSONReader: ~Copyable, InkFormatReader {
    private var lines: InkJSONLines

    /// Larger coordinates and times are refused: no tablet gives them, and their squares must not overflow.
    public static let largestNumber = 1e12

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = InkJSONLines(bytes, strokes: "strokes")
    }

    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        lines.isNextLineNear(withinMilliseconds: patience)
    }

    public mutating func takeRepairs() -> InkRepairs { lines.takeRepairs() }

    /// The next sample, or nil after the last.
    /// - Throws: `noSamples`, `invalidJSON`, `missingMember`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        try lines.next(expected: "a JSON object a line with its strokes") {
            key, scanner, sample, furtherValues throws(JSONScanner.Fault) in
            switch key {
            case "id": sample.id = try scanner.stringOrNumber()
            case "writer": sample.writer = try scanner.stringOrNumber()
            case "text": sample.text = try scanner.string()
            case "style": sample.style = try scanner.string()
            case "upmm": sample.unitsPerMillimetre = try scanner.limitedNumber()
            case "hz": sample.hertz = try scanner.limitedNumber()
            case "t0":
                var clock = InkClock()
                sample.strokeStarts = try scanner.times(&clock)
            case "strokes": sample.strokes = try scanner.strokes(&furtherValues)
            default: try scanner.skip()
            }
        }
    }
}

extension JSONScanner {
    fileprivate mutating func strokes(_ furtherValues: inout Int) throws(Fault) -> [[InkPoint]] {
        var strokes: [[InkPoint]] = []
        var (further, clock) = (0, InkClock())
        try array { scanner throws(Fault) in
            guard scanner.isAtObject else { return strokes.append(try scanner.points(&further, &clock)) }
            var points: [InkPoint]?
            try scanner.object { key, scanner throws(Fault) in
                if key == "points" { points = try scanner.points(&further, &clock) } else { try scanner.skip() }
            }
            guard let points else { throw scanner.fault("a member \"points\" before") }
            strokes.append(points)
        }
        furtherValues += further
        return strokes
    }

    private mutating func points(_ further: inout Int, _ clock: inout InkClock) throws(Fault) -> [InkPoint] {
        var points: [InkPoint] = []
        var running = (further, clock)
        try array { scanner throws(Fault) in
            points.append(
                scanner.isAtObject ? try scanner.namedPoint(&running.1) : try scanner.point(&running.0, &running.1))
        }
        (further, clock) = running
        return points
    }

    /// `{"x","y"}` and perhaps `"t"`.
    private mutating func namedPoint(_ clock: inout InkClock) throws(Fault) -> InkPoint {
        var (x, y, time): (Double?, Double?, Double?)
        var running = clock
        try object { key, scanner throws(Fault) in
            switch key {
            case "x": x = try scanner.limitedNumber()
            case "y": y = try scanner.limitedNumber()
            case "t": time = scanner.null() ? nil : try scanner.time(&running)
            default: try scanner.skip()
            }
        }
        clock = running
        guard let x, let y else { throw fault("a point's \"x\" and \"y\" before") }
        return InkPoint(x: x, y: y, time: time)
    }

    private mutating func point(_ further: inout Int, _ clock: inout InkClock) throws(Fault) -> InkPoint {
        var point = InkPoint(x: 0, y: 0)
        var (count, running) = (0, clock)
        try array { scanner throws(Fault) in
            switch count {
            case 0: point.x = try scanner.limitedNumber()
            case 1: point.y = try scanner.limitedNumber()
            case 2: point.time = scanner.null() ? nil : try scanner.time(&running)
            default: try scanner.skip()
            }
            count += 1
        }
        clock = running
        if count < 2 { throw fault("x and y of a point") }
        if count > 3 { further += 1 }
        return point
    }
}
