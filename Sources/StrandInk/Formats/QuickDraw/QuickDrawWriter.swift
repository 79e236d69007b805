import StrandBytes

/// Writes samples as raw Quick, Draw! files: one JSON object per line with `key_id`, `word` and `drawing`.
public struct QuickDrawWriter: ~Copyable, InkSampleWriter {
    private var bytes: ByteWriter

    /// Members that the format cannot hold, and times of strokes in which some point has none.
    public private(set) var losses = InkLosses()

    /// Opens `destination`; see `ByteWriter` for when the file appears.
    ///
    /// - Parameter compressionLevel: 0 to 9, if the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        bytes = try ByteWriter(destination, compressionLevel: compressionLevel)
    }

    /// Writes one sample.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ sample: InkSample) throws(FormatError) {
        losses.add(membersOf: sample, except: ["text"])
        var line = Array("{\"key_id\":".utf8)
        line.append(jsonString: sample.id)
        if let text = sample.text {
            line += ",\"word\":".utf8
            line.append(jsonString: text)
        }
        line += ",\"drawing\":".utf8
        line.append(jsonArray: sample.strokes) { line, stroke in
            line.append(jsonArray: columns(of: stroke)) { line, column in
                line.append(jsonArray: column) { $0.append(jsonNumber: $1) }
            }
        }
        line += "}\n".utf8
        try bytes.write(line)
    }

    /// Closes the file and returns the bytes written to memory; see `ByteWriter.finish()`.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try bytes.finish()
    }

    private mutating func columns(of stroke: [InkPoint]) -> [[Double]] {
        let times = stroke.compactMap(\.time)
        let areWhole = times.count == stroke.count && !times.isEmpty
        if !areWhole { losses.add("time", count: times.count) }
        return [stroke.map(\.x), stroke.map(\.y)] + (areWhole ? [times] : [])
    }
}
