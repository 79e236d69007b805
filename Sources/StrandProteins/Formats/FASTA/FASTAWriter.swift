import StrandBytes

/// Writes FASTA records.
///
/// ```swift
/// var writer = try FASTAWriter(.file("out.fa.gz"))
/// try writer.write(FASTARecord(header: Array("crambin".utf8), sequence: Array("TTCCPSIVARSNF".utf8)))
/// try writer.finish()
/// ```
public struct FASTAWriter: ~Copyable {
    private var bytes: ByteWriter
    private let width: Int

    /// Opens `destination`; see `ByteWriter` for when the file appears.
    ///
    /// - Parameters:
    ///   - width: residues per line; 0 puts each sequence on one line.
    ///   - compressionLevel: 0 to 9, if the name ends in `.gz`.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(
        _ destination: ByteDestination, width: Int = 60,
        compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        precondition(width >= 0, "negative line width")
        bytes = try ByteWriter(destination, compressionLevel: compressionLevel)
        self.width = width
    }

    /// Writes one record, whose sequence must not be empty and whose header must be one line.
    /// - Throws: `cannotWrite`.
    public mutating func write(_ record: FASTARecord) throws(FormatError) {
        precondition(!record.sequence.isEmpty, "record without a sequence")
        try bytes.write(header: record.header)
        var rest = record.sequence[...]
        while !rest.isEmpty {
            let line = width == 0 ? rest : rest.prefix(width)
            try bytes.write(line: line)
            rest = rest.dropFirst(line.count)
        }
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
