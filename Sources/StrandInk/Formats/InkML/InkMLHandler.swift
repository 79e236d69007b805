import StrandBytes

/// Collects traces, groups, views and their annotations.
struct InkMLHandler: XMLInkHandler {
    static let root = "ink"
    private static let nodeNames: Set<String> = ["traceGroup", "traceView"]

    private let stem: String
    private var formats = InkMLFormats()
    private var notes = InkMLNotes()
    private var tree = InkMLTree()
    /// Groups and views that are being read, the innermost last.
    private var open: [Int] = []
    private var clock = InkClock()
    private var offsets = InkClock()
    private(set) var repairs = InkRepairs()

    init(source: ByteSource) {
        stem = source.stem
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        try formats.start(element, in: parents)
        guard Self.nodeNames.contains(element.name) else { return }
        open.append(try tree.add(element, to: open.last, isShelved: Self.isShelved(parents)))
    }

    mutating func end(
        _ element: XMLElement, text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem) {
        try formats.end(element, text: text, in: parents)
        switch element.name {
        case "trace": try take(element, text, in: parents)
        case "annotation": note(element["type"], text, depth: parents.count, in: parents)
        case "annotationXML":
            if text.contains(where: { !$0.isXMLSpace }) {
                note(element["type"], text, depth: parents.count, in: parents)
            }
        case _ where Self.nodeNames.contains(element.name): open.removeLast()
        default:
            if let depth = parents.firstIndex(where: { $0.name == "annotationXML" }) {
                note(element.name, text, depth: depth, in: parents)
            }
        }
    }

    func samples() throws(FormatError.Problem) -> [InkSample] { try tree.samples(notes, stem: stem) }

    private static func isShelved(_ parents: [XMLElement]) -> Bool { parents.contains { $0.name == "definitions" } }

    /// Takes an annotation `depth` elements deep: those of the document, of groups and of views count.
    private mutating func note(_ type: String?, _ text: [UInt8], depth: Int, in parents: [XMLElement]) {
        let text = String(decoding: text, as: UTF8.self)
        if depth == 1 {
            notes.take(type, text)
        } else if let node = open.last, Self.nodeNames.contains(parents[depth - 1].name) {
            tree.annotate(node, type, text)
        }
    }

    private mutating func take(
        _ element: XMLElement, _ text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem) {
        let format = try formats.format(of: element, in: parents)
        var decoder = try InkMLTraceDecoder(format)
        clock.millisecondsPerUnit = try format.millisecondsPerTime
        let points = try decoder.points(text, clock: &clock, repairs: &repairs)
        // A trace may continue another.
        if ["middle", "end"].contains(element["continuation"]) {
            return try tree.append(points, toTrace: element["priorRef"])
        }
        let offset: Double? =
            if let text = element["timeOffset"] { try offsets.time(Array(text.utf8)[...]) } else { nil }
        tree.add(
            InkMLTree.Trace(
                points: points, offset: offset, isInk: element["type"] != "penUp", isShelved: Self.isShelved(parents)),
            id: element.id, to: open.last)
    }
}
