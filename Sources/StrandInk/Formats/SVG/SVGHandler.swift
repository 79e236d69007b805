import StrandBytes

/// Collects the lines of a drawing.
struct SVGHandler: XMLInkHandler {
    static let root = "svg"
    static let allowsExternalSubset = true

    /// What elements inside another inherit.
    private struct Inherited {
        var transform = SVGTransform.identity
        /// Nil: not said, nor in a style sheet that is not read.
        var (hasStroke, hasFill): (Bool?, Bool?) = (nil, nil)
        /// Definitions, clips and patterns are not drawn where they stand.
        var isDrawn = true
    }

    private static let undrawn: Set<String> = ["defs", "clipPath", "mask", "symbol", "marker", "pattern", "metadata"]
    private static let shapes: Set<String> = ["rect", "circle", "ellipse", "image", "text", "use"]

    private let file: String
    private var sample: InkSample
    private var stack = [Inherited()]
    private(set) var faults: [(sample: Int, error: FormatError)] = []
    private(set) var repairs = InkRepairs()

    init(source: ByteSource) {
        file = source.name
        sample = InkSample(id: source.stem, strokes: [])
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        if parents.isEmpty { sample.unitsPerMillimetre = Self.unitsPerMillimetre(element) }
        do throws(FormatError.Problem) {
            let state = try inherited(by: element)
            stack.append(state)
            if state.isDrawn { try draw(element, state) }
        } catch {
            if stack.count == parents.count + 1 { stack.append(stack[stack.count - 1]) }
            faults.append(
                (0, FormatError(file: file, line: element.line, record: sample.id, problem: .ink(.faultyStroke(error))))
            )
        }
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) { stack.removeLast() }

    func samples() -> [InkSample] { sample.strokes.isEmpty ? [] : [sample] }

    private func inherited(by element: XMLElement) throws(FormatError.Problem) -> Inherited {
        var state = stack[stack.count - 1]
        if let text = element["transform"] { state.transform = try SVGTransform(text).then(state.transform) }
        let style = Self.declarations(element["style"] ?? "")
        if let stroke = style["stroke"] ?? element["stroke"] { state.hasStroke = stroke != "none" }
        if let fill = style["fill"] ?? element["fill"] { state.hasFill = fill != "none" }
        let isHidden = (style["display"] ?? element["display"]) == "none"
        if isHidden || Self.undrawn.contains(element.name) { state.isDrawn = false }
        return state
    }

    private mutating func draw(_ element: XMLElement, _ state: Inherited) throws(FormatError.Problem) {
        let lines: [[SIMD2<Double>]]
        switch element.name {
        case "path": lines = try SVGPath(element["d"] ?? "").subpaths
        case "polyline", "polygon":
            let points = try Self.points(element["points"] ?? "")
            lines = [points + (element.name == "polygon" ? Array(points.prefix(1)) : [])]
        case "line":
            func length(_ name: String) throws(FormatError.Problem) -> Double {
                var scanner = SVGScanner(element[name] ?? "0")
                return try scanner.number()
            }
            lines = [[[try length("x1"), try length("y1")], [try length("x2"), try length("y2")]]]
        case let name where Self.shapes.contains(name): return repairs.note(.otherTool, example: name)
        default: return
        }
        // An area is the outline of a pen's line, not its course.
        let isArea = state.hasStroke == false || state.hasStroke == nil && state.hasFill == true
        if isArea { return repairs.note(.otherTool, count: lines.count, example: "filled area") }
        for line in lines where !line.isEmpty {
            var stroke: [InkPoint] = []
            for point in line {
                let place = state.transform(point)
                stroke.append(InkPoint(x: try Self.limited(place.x), y: try Self.limited(place.y)))
            }
            sample.strokes.append(stroke)
        }
    }

    /// Sums and transforms of numbers that ink can have may be larger ones.
    private static func limited(_ value: Double) throws(FormatError.Problem) -> Double {
        try value.limited(shownAs: Array("\(value)".utf8)[...])
    }

    private static func points(_ text: String) throws(FormatError.Problem) -> [SIMD2<Double>] {
        var scanner = SVGScanner(text)
        var points: [SIMD2<Double>] = []
        while !scanner.isAtEnd { points.append([try scanner.number(), try scanner.number()]) }
        return points
    }

    /// `fill:none; stroke: #000` by name.
    private static func declarations(_ style: String) -> [String: String] {
        var values: [String: String] = [:]
        for declaration in style.split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        return values
    }

    private static let millimetres = ["mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6]

    /// From the width of the drawing and of its `viewBox`; nil where the width has no unit of length.
    private static func unitsPerMillimetre(_ element: XMLElement) -> Double? {
        var (width, box) = (SVGScanner(element["width"] ?? ""), SVGScanner(element["viewBox"] ?? ""))
        guard let shown = try? width.number(), let unit = width.word().flatMap({ millimetres[$0] }), shown > 0,
            (try? (box.number(), box.number())) != nil, let units = try? box.number(), units > 0
        else { return nil }
        return units / (shown * unit)
    }
}
