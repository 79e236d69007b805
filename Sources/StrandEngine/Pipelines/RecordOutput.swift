import StrandBytes

/// Writes the results of records: all into one output, or one file each.
public struct RecordOutput: ~Copyable {
    let destination: RecordDestination
    /// Whether somebody may read records while they are written.
    public let isStreamed: Bool
    private var writer: ResumableWriter?
    private var files: RecordFiles?

    /// Records written by an earlier run.
    let recordsBefore: Int
    /// Whether another run can resume where this one stops.
    let isResumable: Bool

    /// Opens the output, or creates the folder.
    /// - Parameters:
    ///   - destination: where the results go.
    ///   - preamble: the start of the output, or of each file.
    ///   - suffix: the extension of a record's file.
    ///   - identity: identifies the work: see `ResumableWriter`.
    ///   - resuming: whether to resume an interrupted run.
    public init(
        _ destination: RecordDestination, preamble: [UInt8], suffix: String, identity: String, resuming: Bool
    ) throws(FormatError) {
        self.destination = destination
        switch destination {
        case .folder(let path, let isCompressed):
            let opened = try RecordFiles(
                folder: path, preamble: preamble, suffix: suffix + (isCompressed ? ".gz" : ""))
            isStreamed = false
            recordsBefore = 0
            isResumable = false
            writer = nil
            files = consume opened
        case .one(let destination):
            let opened = try Self.open(destination, preamble, identity: identity, resuming: resuming)
            isStreamed = destination == .standardOutput
            recordsBefore = opened.recordsBefore
            isResumable = opened.isResumable
            writer = consume opened
            files = nil
        }
    }

    private static func open(
        _ destination: ByteDestination, _ preamble: [UInt8], identity: String, resuming: Bool
    ) throws(FormatError) -> ResumableWriter {
        var writer = try ResumableWriter(destination, identity: identity, resuming: resuming)
        if writer.recordsBefore == 0 { try writer.write(preamble) }
        return writer
    }

    /// Writes one record.
    mutating func write(_ bytes: [UInt8], id: [UInt8]) throws(FormatError) {
        try writer?.write(bytes)
        try files?.write(bytes, id: id)
    }

    /// Flushes the output if somebody may be reading it.
    mutating func flush() throws(FormatError) {
        if isStreamed { try writer?.flush() }
    }

    /// Notes that this many records, including those of earlier runs, are complete.
    mutating func checkpoint(records: Int) throws(FormatError) { try writer?.checkpoint(records: records) }

    /// Leaves complete records for another run.
    consuming func suspend() {
        if let writer = writer.take() { writer.suspend() }
    }

    /// Completes the output.
    consuming func finish() throws(FormatError) {
        if let writer = writer.take() { try writer.finish() }
    }
}
