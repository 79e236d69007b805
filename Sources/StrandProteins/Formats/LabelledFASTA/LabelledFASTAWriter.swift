import StrandBytes

/// Writes labelled FASTA: three lines per record, `>` and header, sequence, labels.
public struct LabelledFASTAWriter: ~Copyable {
    private var bytes: ByteWriter

    /// Opens `destination`; see `ByteWriter` for when the file appears.
    ///
    /// - Parameter compressionLevel: 0 to 9, if the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        bytes = try ByteWriter(destination, compressionLevel: compressionLevel)
    }

    /// Writes one record, whose sequence must not be empty and whose header must be one line.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ record: LabelledFASTARecord) throws(FormatError) {
        precondition(!record.sequence.isEmpty, "record without a sequence")
        try bytes.write(header: record.header)
        try bytes.write(line: record.sequence[...])
        try bytes.write(line: record.labels[...])
    }

    /// Flushes all records written so far.
    /// - Throws: `cannotWrite`.
    public mutating func flush() throws(FormatError) {
        try bytes.flush()
    }

    /// Closes the file and returns the bytes written to memory; see `ByteWriter.finish()`.
    /// - Throws: `cannotWrite`; no file appears then.
    @discardableResult
    public consuming func finish() throws(FormatError) -> [UInt8] {
        try bytes.finish()
    }
}
