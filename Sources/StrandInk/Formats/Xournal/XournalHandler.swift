import StrandBytes

/// Collects the pages of a document.
struct XournalHandler: XMLInkHandler {
    static let root = "xournal"
    private static let unitsPerMillimetre = 72 / 25.4

    private let stem: String
    private var page = InkSample(id: "", strokes: [])
    private var pageNumber = 0
    private var pages: [InkSample] = []

    init(stem: String) {
        self.stem = stem
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        guard element.name == "page" else { return }
        pageNumber += 1
        page = InkSample(
            id: "\(stem)-\(pageNumber)", strokes: [], unitsPerMillimetre: Self.unitsPerMillimetre)
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) throws(FormatError.Problem) {
        switch element.name {
        case "stroke" where element["tool"] ?? "pen" == "pen": page.strokes.append(try Self.points(text))
        case "text": try take(String(decoding: text, as: UTF8.self).trimmed)
        case "page" where !page.strokes.isEmpty: pages.append(page)
        default: break
        }
    }

    func samples() -> [InkSample] { pages }

    private mutating func take(_ text: String) throws(FormatError.Problem) {
        if text.hasPrefix("label:") {
            if page.text != nil { throw .text(.unexpected(text, expected: "one label on a page")) }
            page.text = text.dropFirst("label:".count).description.trimmed
        } else if text.hasPrefix("sample_name:") {
            page.id = text.dropFirst("sample_name:".count).description.trimmed
        }
    }

    private static func points(_ text: [UInt8]) throws(FormatError.Problem) -> [InkPoint] {
        var values: [Double] = []
        for word in text.split(whereSeparator: \.isXMLSpace) { values.append(try Double(ink: word)) }
        if values.count % 2 == 1 { throw .ink(.partialPoint(values: values.count, channels: ["x", "y"])) }
        return stride(from: 0, to: values.count, by: 2).map { InkPoint(x: values[$0], y: values[$0 + 1]) }
    }
}
