import StrandBytes
import StrandEngine

/// Readings as hOCR 1.2 (kba.github.io/hocr-spec/1.2), the format of search tools for scanned pages: a page a sample, its lines,
/// their words with boxes and confidence. It is XHTML, so that readers of XML take it too.
enum HOCR {
    static let preamble = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="UTF-8"/>
        <title>Handwriting</title>
        <meta name="ocr-system" content="strand \(strandVersion)"/>
        <meta name="ocr-capabilities" content="ocr_page ocr_line ocr_linedrawing ocrx_word"/>
        </head>
        <body>

        """

    static let closing = "</body>\n</html>\n"

    static func page(_ reading: InkReading, of sample: InkSample) -> String {
        let layout = ReadingLayout(reading, of: sample)
        let resolution = "\(ReadingLayout.resolution) \(ReadingLayout.resolution)"
        let scan = layout.isMeasured ? "; scan_res \(resolution)" : ""
        let source = sample.id.filter { $0 != "\"" && $0 != ";" }.escapedForXML
        var page =
            "<div class=\"ocr_page\" title=\"bbox 0 0 \(layout.size.width) \(layout.size.height)\(scan); x_source '\(source)'\">\n"
        for line in layout.lines {
            let words = line.words.map { word in
                "<span class=\"ocrx_word\" title=\"\(bbox(layout.box(word.extent))); x_wconf \(Int(100 * word.confidence))\">"
                    + "\(word.text.escapedForXML)</span>"
            }
            page +=
                "<span class=\"ocr_line\" title=\"\(bbox(layout.box(line.extent)))\">\(words.joined(separator: " "))</span><br/>\n"
        }
        for mark in layout.marks {
            page +=
                "<span class=\"ocr_linedrawing\" title=\"\(bbox(layout.box(mark.extent))); x_kind \(mark.kind.rawValue)\"></span>\n"
        }
        return page + "</div>\n"
    }

    private static func bbox(_ box: ReadingLayout.Box) -> String {
        "bbox \(box.left) \(box.top) \(box.right) \(box.bottom)"
    }
}
