import StrandBytes
import StrandMetrics

/// Writes samples as InkML (W3C Recommendation, 20 September 2011), one trace group each, with annotations of the types
/// UI, truth, writer, style, unitsPerMillimetre and pointsPerSecond; see `InkMLReader`.
public struct InkMLWriter: ~Copyable, InkSampleWriter {
    private var bytes: ByteWriter

    /// What XML cannot hold: control characters, replaced by U+FFFD; and stroke starts that are not one per stroke.
    public private(set) var losses = InkLosses()

    /// Opens `destination`; see `ByteWriter` for when the file appears.
    ///
    /// - Parameter compressionLevel: 0 to 9, if the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        var bytes = try ByteWriter(destination, compressionLevel: compressionLevel)
        try bytes.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ink xmlns="http://www.w3.org/2003/InkML">
            <definitions>
            \(Self.context(id: "xy", channels: ["X", "Y"]))
            \(Self.context(id: "xyt", channels: ["X", "Y", "T"]))
            </definitions>

            """)
        self.bytes = bytes
    }

    private static func context(id: String, channels: [String]) -> String {
        let elements = channels.map { name in
            "<channel name=\"\(name)\" type=\"decimal\"\(name == "T" ? " units=\"ms\"" : "")/>"
        }
        return "<context xml:id=\"\(id)\"><traceFormat>\(elements.joined())</traceFormat></context>"
    }

    /// Writes one sample.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ sample: InkSample) throws(FormatError) {
        var text = Array("<traceGroup>\n".utf8)
        annotate(InkMLNames.id, sample.id, &text)
        annotate(InkMLNames.truth, sample.text, &text)
        annotate(InkMLNames.writer, sample.writer, &text)
        annotate(InkMLNames.style, sample.style, &text)
        annotate(InkMLNames.unitsPerMillimetre, sample.unitsPerMillimetre?.jsonText, &text)
        annotate(InkMLNames.hertz, sample.hertz?.jsonText, &text)
        let starts = sample.strokeStarts.flatMap { $0.count == sample.strokes.count && !$0.isEmpty ? $0 : nil }
        if sample.strokeStarts != nil && starts == nil { losses.add("stroke starts") }
        for (index, stroke) in sample.strokes.enumerated() {
            text.append(trace: stroke, start: starts?[index])
        }
        text += "</traceGroup>\n".utf8
        try bytes.write(text)
    }

    /// Closes the document and returns the bytes written to memory; see `ByteWriter.finish()`.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try bytes.write("</ink>\n")
        return try bytes.finish()
    }

    private mutating func annotate(_ type: String, _ value: String?, _ text: inout [UInt8]) {
        guard let value else { return }
        text += "<annotation type=\"\(type)\">".utf8
        losses.add("control character", count: text.append(xmlText: value))
        text += "</annotation>\n".utf8
    }
}

extension Double {
    fileprivate var jsonText: String {
        var bytes: [UInt8] = []
        bytes.append(jsonNumber: self)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends text and returns how many of its characters XML cannot hold.
    fileprivate mutating func append(xmlText text: String) -> Int {
        var replaced = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r": self += "&#\(scalar.value);".utf8
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                self += "\u{FFFD}".utf8
                replaced += 1
            default: append(xmlText: String(scalar).utf8)
            }
        }
        return replaced
    }

    fileprivate mutating func append(trace stroke: [InkPoint], start: Double?) {
        let isTimed = stroke.contains { $0.time != nil }
        self += "<trace contextRef=\"#\(isTimed ? "xyt" : "xy")\"".utf8
        if let start { self += " timeOffset=\"\(start.jsonText)\"".utf8 }
        append(UInt8(ascii: ">"))
        for (index, point) in stroke.enumerated() {
            if index > 0 { self += ", ".utf8 }
            append(jsonNumber: point.x)
            append(UInt8(ascii: " "))
            append(jsonNumber: point.y)
            guard isTimed else { continue }
            append(UInt8(ascii: " "))
            // An unknown time among known ones.
            if let time = point.time { append(jsonNumber: time) } else { append(UInt8(ascii: "?")) }
        }
        self += "</trace>\n".utf8
    }
}
