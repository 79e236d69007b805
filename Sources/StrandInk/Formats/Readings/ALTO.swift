import StrandBytes
import StrandEngine

/// Readings as ALTO 4 (loc.gov/standards/alto), the format of libraries for scanned pages: a page a sample, a block with its
/// lines, their words with boxes and confidence.
enum ALTO {
    static let preamble = """
        <?xml version="1.0" encoding="UTF-8"?>
        <alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">
        <Description>
        <MeasurementUnit>pixel</MeasurementUnit>
        <Processing ID="strand"><processingSoftware><softwareName>strand</softwareName>\
        <softwareVersion>\(strandVersion)</softwareVersion></processingSoftware></Processing>
        </Description>
        <Layout>

        """

    static let closing = "</Layout>\n</alto>\n"

    static func page(_ reading: InkReading, of sample: InkSample) -> String {
        let layout = ReadingLayout(reading, of: sample)
        let name = sample.id.asXMLName
        let size = "WIDTH=\"\(layout.size.width)\" HEIGHT=\"\(layout.size.height)\""
        let whole = "HPOS=\"0\" VPOS=\"0\" \(size)"
        var page = "<Page ID=\"page.\(name)\" PHYSICAL_IMG_NR=\"1\" \(size)><PrintSpace \(whole)>\n"
        page += "<TextBlock ID=\"text.\(name)\" \(whole)>\n"
        for line in layout.lines {
            let words = line.words.map { word in
                "<String CONTENT=\"\(word.text.escapedForXML)\" \(place(layout.box(word.extent))) WC=\"\(hundredth(word.confidence))\"/>"
            }
            page += "<TextLine \(place(layout.box(line.extent)))>\(words.joined(separator: "<SP/>"))</TextLine>\n"
        }
        page += "</TextBlock>\n"
        for (number, mark) in layout.marks.enumerated() {
            let id = "ID=\"mark.\(number + 1).\(name)\""
            let element =
                switch mark.kind {
                case .underline, .frame, .rule: "GraphicalElement \(id)"
                case .arrow, .drawing: "Illustration \(id) TYPE=\"\(mark.kind.rawValue)\""
                }
            page += "<\(element) \(place(layout.box(mark.extent)))/>\n"
        }
        return page + "</PrintSpace></Page>\n"
    }

    private static func place(_ box: ReadingLayout.Box) -> String {
        "HPOS=\"\(box.left)\" VPOS=\"\(box.top)\" WIDTH=\"\(box.right - box.left)\" HEIGHT=\"\(box.bottom - box.top)\""
    }

    private static func hundredth(_ share: Double) -> String {
        let hundredths = String(Int(100 * share) + 1000)
        return "\(hundredths.dropFirst(1).first == "1" ? "1" : "0").\(hundredths.suffix(2))"
    }
}

extension String {
    /// A text of letters, digits, '.', '-' and '_', as names in XML are; other bytes are written in hexadecimal.
    fileprivate var asXMLName: String {
        utf8.map { byte in
            let isPlain =
                Unicode.Scalar(byte).properties.isAlphabetic && byte < 0x80 || "0123456789.-".utf8.contains(byte)
            return isPlain ? String(Unicode.Scalar(byte)) : "_" + String(byte, radix: 16)
        }.joined()
    }
}
