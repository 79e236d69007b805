import StrandBytes

/// Where the results of records go: all into one output, or into a file each.
public struct RecordOutput: ~Copyable {
    let destination: RecordDestination
    /// Whether somebody may read records as they come.
    public let isStreamed: Bool
    private var writer: ResumableWriter?
    private var files: RecordFiles?

    /// Records that an earlier run has written.
    let recordsBefore: Int
    /// Whether another run can go on where this one stops.
    let isResumable: Bool

    /// Opens the output, or makes the folder.
    /// - Parameters:
    ///   - destination: where the results go.
    ///   - preamble: what the output, or each file, starts with.
    ///   - suffix: ends the name of a record's file.
    ///   - identity: says which work this is: see `ResumableWriter`.
    ///   - resuming: whether to go on from what an interrupted run left.
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

    /// Hands over what was written so far to whoever reads it as it comes.
    mutating func flush() throws(FormatError) {
        if isStreamed { try writer?.flush() }
    }

    /// Notes that this many records, those of earlier runs included, are whole.
    mutating func checkpoint(records: Int) throws(FormatError) { try writer?.checkpoint(records: records) }

    /// Leaves what is whole to another run.
    consuming func suspend() {
        if let writer = writer.take() { writer.suspend() }
    }

    /// Completes the output.
    consuming func finish() throws(FormatError) {
        if let writer = writer.take() { try writer.finish() }
    }
}
