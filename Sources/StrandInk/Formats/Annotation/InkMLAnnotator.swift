import StrandBytes

/// Finds where texts go in an InkML document: at its end a view (`traceView`) of the traces of each line, with the text as an
/// annotation of the type `reading`, which no reader takes for a true text. Traces without an id get one.
struct InkMLAnnotator: XMLHandler {
    static let root = InkMLHandler.root

    private struct Trace {
        var id: String?
        /// Behind the name in the start tag.
        var placeOfID: Int
    }

    private let document: [UInt8]
    private var traces: [Trace] = []
    private var end: Int?
    private var oldViews: [Range<Int>] = []
    /// Views, definitions and continued traces: then samples are no runs of traces.
    private var isPlain = true
    private var prefix = ""

    init(document: [UInt8]) {
        self.document = document
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        let nameEnd = document[(element.offset + 1)...].firstIndex { $0.isXMLSpace || "/>".utf8.contains($0) }
        switch element.name {
        case "ink":
            let name = String(decoding: document[(element.offset + 1)..<(nameEnd ?? document.endIndex)], as: UTF8.self)
            prefix = String(name.dropLast("ink".count))
        case "trace" where element["type"] != "penUp":
            isPlain = isPlain && element["continuation"] == nil && !parents.contains { $0.name == "definitions" }
            traces.append(Trace(id: element.id, placeOfID: nameEnd ?? document.endIndex))
        case "traceView" where !Self.isOfReading(element) && !parents.contains(where: Self.isOfReading): isPlain = false
        default: break
        }
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) {
        if element.name == "ink" { end = element.endOffset }
        if Self.isOfReading(element) {
            oldViews.append(element.offset..<document.endOfTag(at: element.endOffset))
        }
    }

    private static let idOfViews = "strand-line-"

    private static func isOfReading(_ element: XMLElement) -> Bool {
        element.name == "traceView" && element.id?.hasPrefix(idOfViews) == true
    }

    /// Nil if the readings are not of these traces, one after another.
    func edits(for readings: InkAnnotation.Readings) -> XMLEdits? {
        let count = readings.reduce(0) { $0 + $1.sample.strokes.count }
        guard let end, isPlain, count == traces.count else { return nil }
        var edits = XMLEdits()
        for range in oldViews { edits.remove(range) }
        let ids = traces.enumerated().map { $1.id ?? "strand-trace-\($0 + 1)" }
        for (trace, id) in zip(traces, ids) where trace.id == nil {
            edits.insert(" xml:id=\"\(id)\"", at: trace.placeOfID)
        }
        var (first, views, number) = (0, "", 0)
        for (sample, reading) in readings {
            for line in ReadingLines(reading, of: sample).lines {
                number += 1
                let shown = line.strokes.map {
                    "<\(prefix)traceView traceDataRef=\"#\(ids[first + $0].escapedForAnyXML)\"/>"
                }
                views +=
                    "<\(prefix)traceView xml:id=\"\(Self.idOfViews)\(number)\"><\(prefix)annotation type=\"reading\">"
                    + "\(line.text.escapedForAnyXML)</\(prefix)annotation>\(shown.joined())</\(prefix)traceView>\n"
            }
            first += sample.strokes.count
        }
        edits.insert(views, at: end)
        return edits
    }
}
