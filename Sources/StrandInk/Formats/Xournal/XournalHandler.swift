import StrandBytes

/// Collects the pages of a document.
struct XournalHandler: XMLInkHandler {
    static let root = "xournal"
    static let packedName: String? = "content.xml"
    /// The layer that readings are written to: its texts are no true ones.
    static let layerOfTexts = "Strand"
    private static let unitsPerMillimetre = 72 / 25.4

    private let stem: String
    private let file: String
    private var page = InkSample(id: "", strokes: [])
    private var labels: [String] = []
    private var pageFaults: [(line: Int, problem: FormatError.Problem)] = []
    private var pageNumber = 0
    private var pages: [InkSample] = []
    private(set) var faults: [(sample: Int, error: FormatError)] = []
    private(set) var repairs = InkRepairs()

    init(source: ByteSource) {
        stem = source.stem
        file = source.name
    }

    mutating func start(_ element: XMLElement, in parents: [XMLElement]) {
        guard element.name == "page" else { return }
        pageNumber += 1
        page = InkSample(
            id: "\(stem)-\(pageNumber)", strokes: [], unitsPerMillimetre: Self.unitsPerMillimetre)
        labels = []
        pageFaults = []
    }

    mutating func end(_ element: XMLElement, text: [UInt8], in parents: [XMLElement]) {
        switch element.name {
        case "stroke":
            let tool = element["tool"] ?? "pen"
            if tool != "pen" {
                repairs.note(tool == "eraser" ? .erased : .otherTool, example: tool == "eraser" ? nil : tool)
                break
            }
            do throws(FormatError.Problem) {
                page.strokes.append(try points(text))
            } catch {
                pageFaults.append((element.line, .ink(.faultyStroke(error))))
            }
        case "text" where parents.last?["name"] != Self.layerOfTexts:
            take(String(decoding: text, as: UTF8.self).trimmed)
        case "page": endPage()
        default: break
        }
    }

    func samples() -> [InkSample] { pages }

    private mutating func take(_ text: String) {
        if text.hasPrefix("label:") {
            labels.append(text.dropFirst("label:".count).description.trimmed)
        } else if text.hasPrefix("sample_name:") {
            page.id = text.dropFirst("sample_name:".count).description.trimmed
        }
    }

    private mutating func endPage() {
        for fault in pageFaults {
            let error = FormatError(file: file, line: fault.line, record: page.id, problem: fault.problem)
            faults.append((pages.count, error))
        }
        if page.strokes.isEmpty { return }
        // Several are notes that happen to begin so.
        if labels.count == 1 { page.text = labels[0] } else { repairs.note(.extraLabel, count: labels.count) }
        pages.append(page)
    }

    private mutating func points(_ text: [UInt8]) throws(FormatError.Problem) -> [InkPoint] {
        var values: [Double] = []
        for word in text.split(whereSeparator: \.isXMLSpace) {
            var number = word
            if number.replaceDecimalComma() { repairs.note(.decimalComma) }
            values.append(try Double(ink: number))
        }
        if values.count % 2 == 1 { throw .ink(.partialPoint(values: values.count, channels: ["x", "y"])) }
        return stride(from: 0, to: values.count, by: 2).map { InkPoint(x: values[$0], y: values[$0 + 1]) }
    }
}
