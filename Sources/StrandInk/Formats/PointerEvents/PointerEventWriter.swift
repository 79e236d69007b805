import StrandBytes

/// Writes samples as a table of pointer events (RFC 4180) with the columns sample, writer, text, stroke, x, y and t.
public struct PointerEventWriter: ~Copyable, InkSampleWriter {
    private var bytes: ByteWriter
    private var lastID: String?

    /// Members that the format cannot hold, strokes and samples without points, and ends of samples followed by one
    /// with the same id: nothing separates them.
    public private(set) var losses = InkLosses()

    /// Opens `destination`; see `ByteWriter` for when the file appears.
    ///
    /// - Parameter compressionLevel: 0 to 9, if the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        var bytes = try ByteWriter(destination, compressionLevel: compressionLevel)
        try bytes.write("sample,writer,text,stroke,x,y,t\n")
        self.bytes = bytes
    }

    /// Writes one sample.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ sample: InkSample) throws(FormatError) {
        if sample.pointCount == 0 { return losses.add("sample without points") }
        losses.add(membersOf: sample, except: ["writer", "text"])
        losses.add("stroke without points", count: sample.strokes.count(where: \.isEmpty))
        if sample.id == lastID { losses.add("end of a sample") }
        lastID = sample.id
        var start: [UInt8] = []
        for value in [sample.id, sample.writer, sample.text] { start.append(field: value) }
        var text: [UInt8] = []
        for (index, stroke) in sample.strokes.enumerated() {
            for point in stroke {
                text += start
                text += "\(index),".utf8
                text.append(jsonNumber: point.x)
                text.append(UInt8(ascii: ","))
                text.append(jsonNumber: point.y)
                text.append(UInt8(ascii: ","))
                if let time = point.time { text.append(jsonNumber: time) }
                text.append(UInt8(ascii: "\n"))
            }
        }
        try bytes.write(text)
    }

    /// Closes the file and returns the bytes written to memory; see `ByteWriter.finish()`.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try bytes.finish()
    }
}

extension [UInt8] {
    /// Appends a field and a comma; empty text is quoted, to differ from missing text.
    fileprivate mutating func append(field value: String?) {
        let text = (value ?? "").utf8
        if value?.isEmpty == true || text.contains(where: { ",\"\r\n".utf8.contains($0) }) {
            self += text.quotedCell
        } else {
            self += text
        }
        append(UInt8(ascii: ","))
    }
}
