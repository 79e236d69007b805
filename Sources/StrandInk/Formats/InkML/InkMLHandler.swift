import StrandBytes

/// Collects traces, groups and their annotations.
struct InkMLHandler: XMLInkHandler {
    static let root = "ink"

    private struct Trace {
        let id: String?
        var points: [InkPoint]
        let offset: Double?
        let isInk: Bool
    }

    /// A group directly in `ink`, with everything inside it.
    private struct Group {
        let id: String?
        var notes = InkMLNotes()
        var traces: [Int] = []
        var views: [String] = []
    }

    private let stem: String
    private var formats = InkMLFormats()
    private var notes = InkMLNotes()
    private var groups: [Group] = []
    private var traces: [Trace] = []
    private var traceByID: [String: Int] = [:]
    private var hasLooseTraces = false
    private var clock: InkClock?

    init(stem: String) {
        self.stem = stem
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) throws(FormatError.Problem) {
        formats.start(element, in: parents)
        if element.name == "traceGroup", parents.count == 1 { groups.append(Group(id: element.id)) }
        if element.name == "traceView", isInGroup(parents), let view = element["traceDataRef"] {
            groups[groups.count - 1].views.append(view)
        }
    }

    mutating func end(
        _ element: XMLElement, text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem) {
        try formats.end(element, in: parents)
        switch element.name {
        case "trace": try take(element, text, in: parents)
        case "annotation": note(element["type"], text, depth: parents.count, in: parents)
        case "annotationXML":
            if text.contains(where: { !$0.isXMLSpace }) {
                note(element["type"], text, depth: parents.count, in: parents)
            }
        default:
            if let depth = parents.firstIndex(where: { $0.name == "annotationXML" }) {
                note(element.name, text, depth: depth, in: parents)
            }
        }
    }

    /// Takes an annotation `depth` elements deep: only those of the document and of top groups count.
    private mutating func note(_ type: String?, _ text: [UInt8], depth: Int, in parents: [XMLElement]) {
        if depth == 1 {
            notes.take(type, String(decoding: text, as: UTF8.self))
        } else if depth == 2, isInGroup(parents) {
            groups[groups.count - 1].notes.take(type, String(decoding: text, as: UTF8.self))
        }
    }

    private func isInGroup(_ parents: [XMLElement]) -> Bool { parents.count > 1 && parents[1].name == "traceGroup" }

    private mutating func take(
        _ element: XMLElement, _ text: [UInt8], in parents: [XMLElement]
    ) throws(FormatError.Problem) {
        let format = try formats.format(of: element, in: parents)
        var decoder = try InkMLTraceDecoder(format)
        var clock = clock ?? InkClock(millisecondsPerUnit: format.millisecondsPerTime)
        let points = try decoder.points(text, clock: &clock)
        self.clock = clock
        // A trace may continue another.
        if ["middle", "end"].contains(element["continuation"]) {
            traces[try priorTrace(of: element)].points += points
            return
        }
        let offset: Double? =
            if let text = element["timeOffset"] { try Double(ink: text) } else { nil }
        if let id = element.id { traceByID[id] = traces.count }
        if isInGroup(parents) {
            groups[groups.count - 1].traces.append(traces.count)
        } else if parents.count == 1 {
            hasLooseTraces = true
        }
        let isShelved = parents.contains { $0.name == "definitions" }
        traces.append(
            Trace(id: element.id, points: points, offset: offset, isInk: element["type"] != "penUp" && !isShelved))
    }

    private func priorTrace(of element: XMLElement) throws(FormatError.Problem) -> Int {
        if let reference = element["priorRef"] { return try trace(reference) }
        if traces.isEmpty { throw .ink(.missingReference("priorRef")) }
        return traces.count - 1
    }

    private func trace(_ reference: String) throws(FormatError.Problem) -> Int {
        guard let index = traceByID[reference.hasPrefix("#") ? String(reference.dropFirst()) : reference] else {
            throw .ink(.missingReference(reference))
        }
        return index
    }

    func samples() throws(FormatError.Problem) -> [InkSample] {
        let areGroups = groups.contains { $0.notes.text != nil || $0.notes.id != nil }
        if notes.text == nil && !hasLooseTraces && areGroups { return try groupSamples() }
        let ink = traces.filter(\.isInk)
        let sample = try notes.sample(id: stem, strokes: ink.map(\.points))
        return ink.isEmpty ? [] : [timed(sample, ink)]
    }

    private func groupSamples() throws(FormatError.Problem) -> [InkSample] {
        var samples: [InkSample] = []
        for (number, group) in groups.enumerated() {
            var members = group.traces
            for view in group.views { members.append(try trace(view)) }
            let ink = members.map { traces[$0] }.filter(\.isInk)
            let id = group.id ?? "\(stem)-\(number + 1)"
            samples.append(timed(try group.notes.sample(id: id, strokes: ink.map(\.points), outer: notes), ink))
        }
        return samples
    }

    /// The sample with the starts of its strokes, if any trace gives one; strokes without one start at 0.
    private func timed(_ sample: InkSample, _ traces: [Trace]) -> InkSample {
        var sample = sample
        if traces.contains(where: { $0.offset != nil }) {
            let first = traces[0].offset ?? 0
            sample.strokeStarts = traces.map { ($0.offset ?? 0) - first }
        }
        return sample
    }
}
