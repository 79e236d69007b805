import StrandBytes

/// What is read of a document of Rnote: its strokes, when and on which layer they were made, and the size of a page.
struct RnoteDocument {
    private enum Stroke {
        case pen([InkPoint])
        /// What else there is, by its name in the file.
        case other(String)
    }

    private struct Moment {
        /// Counts what was made; nil: unknown.
        var time: Double?
        var isHighlighter = false
    }

    /// Nil where one was deleted.
    private var strokes: [Stroke?] = []
    private var moments: [Moment] = []
    private var trashed: Set<Int> = []
    private var (pageHeight, resolution) = (Double?.none, Double?.none)
    private var hasPages = false

    private func moment(of index: Int) -> Moment { index < moments.count ? moments[index] : Moment() }

    /// How many things of each kind are no ink of a pen.
    var leftOut: [String: Int] {
        var counts: [String: Int] = [:]
        for (index, stroke) in strokes.enumerated() where !trashed.contains(index) {
            switch stroke {
            case .other(let kind): counts[kind, default: 0] += 1
            case .pen where moment(of: index).isHighlighter: counts["highlighter", default: 0] += 1
            default: break
            }
        }
        return counts
    }

    /// The pages that have ink.
    func samples(named stem: String) -> [InkSample] {
        let unitsPerMillimetre = resolution.map { $0 / 25.4 }
        guard hasPages, let pageHeight, pageHeight >= 1 else {
            let strokes = written
            return strokes.isEmpty
                ? [] : [InkSample(id: stem, strokes: strokes, unitsPerMillimetre: unitsPerMillimetre)]
        }
        let pages = Dictionary(grouping: written) { stroke in
            (stroke.reduce(0) { $0 + $1.y } / Double(stroke.count) / pageHeight).rounded(.down)
        }
        return pages.sorted { $0.key < $1.key }.map { page, strokes in
            InkSample(id: "\(stem)-\(Int(page) + 1)", strokes: strokes, unitsPerMillimetre: unitsPerMillimetre)
        }
    }

    /// The strokes of the pen in the order of writing; those without a time last, as they stand.
    private var written: [[InkPoint]] {
        let pens: [(time: Double, index: Int, points: [InkPoint])] = strokes.enumerated().compactMap { index, stroke in
            guard case .pen(let points) = stroke, !points.isEmpty, !trashed.contains(index) else { return nil }
            let moment = moment(of: index)
            return moment.isHighlighter ? nil : (moment.time ?? .infinity, index, points)
        }
        return pens.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.points)
    }

    mutating func read(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "data", "engine_snapshot", "store_snapshot": try read(&scanner)
            case "document": try readDocument(&scanner)
            case "stroke_components":
                try Self.values(&scanner) { _, scanner throws(JSONScanner.Fault) in
                    try readStroke(&scanner)
                } none: {
                    strokes.append(nil)
                }
            case "chrono_components":
                try Self.values(&scanner) { _, scanner throws(JSONScanner.Fault) in
                    try readMoment(&scanner)
                } none: {
                    moments.append(Moment())
                }
            case "trash_components":
                try Self.values(&scanner) { index, scanner throws(JSONScanner.Fault) in
                    if try Self.isTrashed(&scanner) { trashed.insert(index) }
                }
            default: try scanner.skip()
            }
        }
    }

    /// Calls `value` for the value of each component; a null one stands where a component was.
    private static func values(
        _ scanner: inout JSONScanner, _ value: (Int, inout JSONScanner) throws(JSONScanner.Fault) -> Void,
        none: () -> Void = {}
    ) throws(JSONScanner.Fault) {
        var index = 0
        try scanner.array { scanner throws(JSONScanner.Fault) in
            var isThere = false
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if key != "value" { return try scanner.skip() }
                if scanner.null() { return }
                isThere = true
                try value(index, &scanner)
            }
            if !isThere { none() }
            index += 1
        }
    }

    // MARK: The page

    private mutating func readDocument(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "layout": hasPages = Self.layoutsOfPages.contains(try scanner.string())
            case "format": try readFormat(&scanner)
            // Format and layout lie in it from version 0.15 on.
            case "config": try readDocument(&scanner)
            default: try scanner.skip()
            }
        }
    }

    private static let layoutsOfPages = [
        "fixed-size", "fixed_size", "FixedSize", "continuous-vertical", "continuous_vertical", "ContinuousVertical",
    ]

    private mutating func readFormat(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "height": pageHeight = try scanner.limitedNumber()
            case "dpi": resolution = try scanner.limitedNumber()
            default: try scanner.skip()
            }
        }
    }

    // MARK: When, and on which layer

    private mutating func readMoment(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        var moment = Moment()
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "t": moment.time = try scanner.number()
            // The pen's layers have numbers.
            case "layer" where scanner.isAtObject: try scanner.skip()
            case "layer": moment.isHighlighter = try scanner.string().lowercased() == "highlighter"
            default: try scanner.skip()
            }
        }
        moments.append(moment)
    }

    private static func isTrashed(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> Bool {
        var isTrashed = false
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            if key == "trashed" { isTrashed = try scanner.boolean() } else { try scanner.skip() }
        }
        return isTrashed
    }

    // MARK: Strokes

    /// `{"brushstroke": {"path": ...}}`, or a shape, a picture or typed text.
    private mutating func readStroke(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        var stroke = Stroke.other("")
        try scanner.object { kind, scanner throws(JSONScanner.Fault) in
            guard kind == "brushstroke" else {
                stroke = .other(kind)
                return try scanner.skip()
            }
            var path = RnotePath()
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if key == "path" { try path.read(&scanner) } else { try scanner.skip() }
            }
            stroke = .pen(path.points)
        }
        strokes.append(stroke)
    }
}

/// The path of a stroke: a start and segments, each of which goes on to its end; until version 0.5.8 a list of segments
/// that have a start each.
private struct RnotePath {
    private(set) var points: [InkPoint] = []

    mutating func read(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        if scanner.isAtArray { return try readSegments(&scanner) }
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "start": add(try Self.position(ofElement: &scanner))
            case "segments": try readSegments(&scanner)
            default: try scanner.skip()
            }
        }
    }

    private mutating func add(_ position: SIMD2<Double>) {
        if points.last?.position != position { points.append(InkPoint(x: position.x, y: position.y)) }
    }

    private mutating func readSegments(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.array { scanner throws(JSONScanner.Fault) in
            try scanner.object { _, scanner throws(JSONScanner.Fault) in try readSegment(&scanner) }
        }
    }

    /// A line (`end`), a quadratic curve (`cp`, `end`), a cubic one (`cp1`, `cp2`, `end`), or a dot (`element`).
    private mutating func readSegment(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        var places: [String: SIMD2<Double>] = [:]
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            switch key {
            case "start", "end", "element": places[key] = try Self.position(ofElement: &scanner)
            case "cp", "cp1", "cp2": places[key] = try Self.position(&scanner)
            default: try scanner.skip()
            }
        }
        if let dot = places["element"] { add(dot) }
        if let start = places["start"] { add(start) }
        guard let end = places["end"] else { return }
        let controls = ["cp", "cp1", "cp2"].compactMap { places[$0] }
        // A path without a start begins at its first end.
        guard let start = points.last?.position else { return add(end) }
        for point in BezierCurve([start] + controls + [end]).points { add(point) }
    }

    /// `{"pos": [x, y], "pressure": p}`
    private static func position(ofElement scanner: inout JSONScanner) throws(JSONScanner.Fault) -> SIMD2<Double> {
        var found: SIMD2<Double>?
        try scanner.object { key, scanner throws(JSONScanner.Fault) in
            if key == "pos" { found = try position(&scanner) } else { try scanner.skip() }
        }
        guard let found else { throw scanner.fault("a member \"pos\" before") }
        return found
    }

    private static func position(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> SIMD2<Double> {
        let values = try scanner.limitedNumbers()
        guard values.count == 2 else { throw scanner.fault("x and y before") }
        return [values[0], values[1]]
    }
}
