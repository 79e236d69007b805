import StrandFormats

/// Where labelled records go: all into one output, or into a file each.
struct LabelOutput: ~Copyable {
    /// Whether somebody may read records as they come.
    let isStreamed: Bool
    private var writer: ByteWriter?
    private var files: RecordFiles?

    /// Opens the output, or makes the folder.
    init(
        _ destination: ByteDestination, _ folder: FolderOutput, format: PredictionFormat, states: [UInt8]
    ) throws(FormatError) {
        let preamble = format.preamble(states: states)
        if let path = folder.outputDir {
            let suffix = format.fileSuffix + (folder.gzip ? ".gz" : "")
            files = try RecordFiles(folder: path, preamble: preamble, suffix: suffix)
            isStreamed = false
        } else {
            var writer = try ByteWriter(destination)
            try writer.write(preamble)
            self.writer = consume writer
            isStreamed = destination == .standardOutput
        }
    }

    /// Writes one record.
    mutating func write(_ bytes: [UInt8], header: [UInt8]) throws(FormatError) {
        try writer?.write(bytes)
        try files?.write(bytes, header: header)
    }

    /// Hands over what was written so far to whoever reads it as it comes.
    mutating func flush() throws(FormatError) {
        if isStreamed { try writer?.flush() }
    }

    /// Completes the output.
    consuming func finish() throws(FormatError) {
        if let writer = writer.take() { try writer.finish() }
    }
}
