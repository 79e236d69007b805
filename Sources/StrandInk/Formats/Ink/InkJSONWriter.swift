import StrandBytes

/// Writes ink samples as JSON Lines, one object per line; see `InkJSONReader`. Unknown members are left out.
public struct InkJSONWriter: ~Copyable, InkSampleWriter {
    private var bytes: ByteWriter

    /// Always empty: this format holds all of a sample.
    public var losses: InkLosses { InkLosses() }

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
        var line = Array("{\"id\":".utf8)
        line.append(jsonString: sample.id)
        line.append(member: "writer", sample.writer)
        line.append(member: "text", sample.text)
        line += ",\"strokes\":".utf8
        line.append(jsonArray: sample.strokes) { line, stroke in
            line.append(jsonArray: stroke) { line, point in
                line.append(jsonArray: [point.x, point.y] + (point.time.map { [$0] } ?? [])) {
                    $0.append(jsonNumber: $1)
                }
            }
        }
        for (name, value) in [("upmm", sample.unitsPerMillimetre), ("hz", sample.hertz)] {
            guard let value else { continue }
            line += ",\"\(name)\":".utf8
            line.append(jsonNumber: value)
        }
        if let starts = sample.strokeStarts {
            line += ",\"t0\":".utf8
            line.append(jsonArray: starts) { $0.append(jsonNumber: $1) }
        }
        line.append(member: "style", sample.style)
        line += "}\n".utf8
        try bytes.write(line)
    }

    /// Closes the file and returns the bytes written to memory; see `ByteWriter.finish()`.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try bytes.finish()
    }
}

extension [UInt8] {
    fileprivate mutating func append(member name: String, _ value: String?) {
        guard let value else { return }
        self += ",\"\(name)\":".utf8
        append(jsonString: value)
    }
}
