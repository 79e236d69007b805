import StrandBytes

/// Collects the strokes of a whiteboard session.
struct IAMOnDBHandler: XMLInkHandler {
    static let root = "WhiteboardCaptureSession"

    private var sample: InkSample
    private var clock = InkClock(millisecondsPerUnit: 1000)

    /// The lines of the transcription as a list, and as one text.
    private var (lines, text) = ([String](), String?.none)

    init(source: ByteSource) {
        sample = InkSample(id: source.stem, strokes: [])
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        switch element.name {
        case "Form": sample.writer = element["writerID"]
        case "TextLine": if let line = element["text"] { lines.append(line.trimmed) }
        case "Stroke": sample.strokes.append([])
        case "Point" where parents.last?.name == "Stroke":
            sample.strokes[sample.strokes.count - 1].append(try point(element))
        default: break
        }
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) {
        guard element.name == "Text", parents.last?.name == "Transcription" else { return }
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map { String($0).trimmed }
        self.text = lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    func samples() -> [InkSample] {
        var sample = sample
        sample.text = lines.isEmpty ? text : lines.joined(separator: "\n")
        return sample.strokes.isEmpty ? [] : [sample]
    }

    private mutating func point(_ element: XMLElement) throws(FormatError.Problem) -> InkPoint {
        guard let x = element["x"], let y = element["y"] else { throw .ink(.missingMember("x or y")) }
        var point = InkPoint(x: try Double(ink: x), y: try Double(ink: y))
        if let time = element["time"] { point.time = try clock.time(Array(time.utf8)[...]) }
        return point
    }
}
