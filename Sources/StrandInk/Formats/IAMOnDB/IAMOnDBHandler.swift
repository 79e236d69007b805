import StrandBytes

/// Collects the strokes of a whiteboard session.
struct IAMOnDBHandler: XMLInkHandler {
    static let root = "WhiteboardCaptureSession"

    private var sample: InkSample
    private var clock = InkClock(millisecondsPerUnit: 1000)

    init(stem: String) {
        sample = InkSample(id: stem, strokes: [])
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        switch element.name {
        case "Form": sample.writer = element["writerID"]
        case "Stroke": sample.strokes.append([])
        case "Point" where parents.last?.name == "Stroke":
            sample.strokes[sample.strokes.count - 1].append(try point(element))
        default: break
        }
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) {}

    func samples() -> [InkSample] { sample.strokes.isEmpty ? [] : [sample] }

    private mutating func point(_ element: XMLElement) throws(FormatError.Problem) -> InkPoint {
        guard let x = element["x"], let y = element["y"] else { throw .ink(.missingMember("x or y")) }
        var point = InkPoint(x: try Double(ink: x), y: try Double(ink: y))
        if let time = element["time"] { point.time = try clock.time(Array(time.utf8)[...]) }
        return point
    }
}
