import StrandBytes

/// Finds where texts go in a document of Xournal or Xournal++: a layer of its own on each page, above the others.
///
/// Each line of text stands in small letters beneath its ink, so that what a search finds is where it was written; the layer
/// can be switched off.
struct XournalAnnotator: XMLHandler {
    static let root = XournalHandler.root

    private let document: [UInt8]
    /// Pages with ink of the pen: where they end.
    private var pages: [Int] = []
    private var hasInk = false
    private var oldLayers: [Range<Int>] = []

    init(document: [UInt8]) {
        self.document = document
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        if element.name == "page" { hasInk = false }
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) {
        switch element.name {
        case "stroke": hasInk = hasInk || element["tool"] ?? "pen" == "pen"
        case "layer" where element["name"] == XournalHandler.layerOfTexts && element.endOffset > element.offset:
            oldLayers.append(element.offset..<document.endOfTag(at: element.endOffset))
        case "page" where hasInk: pages.append(element.endOffset)
        default: break
        }
    }

    /// Nil if the readings are not of these pages.
    func edits(for readings: InkAnnotation.Readings) -> XMLEdits? {
        guard readings.count == pages.count else { return nil }
        var edits = XMLEdits()
        for range in oldLayers { edits.remove(range) }
        for (page, read) in zip(pages, readings) {
            let lines = ReadingLines(read.reading, of: read.sample).lines
            if !lines.isEmpty { edits.insert(layer(lines), at: page) }
        }
        return edits
    }

    private func layer(_ lines: [ReadingLines.Line]) -> String {
        let texts = lines.map { line in
            let (x, y) = (hundredth(line.extent.least.x), hundredth(line.extent.greatest.y))
            let size = max(5, min(line.extent.size.y / 4, 10))
            return
                "<text font=\"Sans\" size=\"\(hundredth(size))\" x=\"\(x)\" y=\"\(y)\" color=\"#4a6fd0ff\" ts=\"0\" fn=\"\">\(line.text.escapedForAnyXML)</text>\n"
        }
        return "<layer name=\"\(XournalHandler.layerOfTexts)\">\n\(texts.joined())</layer>\n"
    }

    private func hundredth(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
