import StrandBytes

/// Writes the results of records: all into one output, or one file each.
public struct RecordOutput: ~Copyable {
    let destination: RecordDestination
    /// Whether somebody may read records while they are written.
    public let isStreamed: Bool
    private var writer: ResumableWriter?
    private var files: RecordFiles?
    private let closing: [UInt8]

    /// Records of the file that an earlier run wrote.
    let recordsInFile: Int
    /// Records seen so far that were in the output already.
    private(set) var recordsBefore = 0
    /// Whether records were there already, and nothing tells whether a run of this work wrote them.
    var isOfUnknownRun: Bool { mutating get { files == nil ? false : files!.isOfUnknownRun } }

    /// Whether an earlier run left more than can be used.
    let isDamaged: Bool

    /// Opens the output, or creates the folder.
    /// - Parameters:
    ///   - destination: where the results go.
    ///   - preamble: the start of the output, or of each file.
    ///   - closing: the end of it.
    ///   - suffix: the extension of a record's file.
    ///   - identity: identifies the work: see `ResumableWriter`.
    ///   - settings: whether to resume an interrupted run, and whether the manifest wants the output's hash.
    /// - Throws: what `ResumableWriter` and `ResumableFolder` throw, or `amongRecords`.
    public init(
        _ destination: RecordDestination, preamble: [UInt8], closing: [UInt8] = [], suffix: String, identity: String,
        _ settings: PipelineSettings
    ) throws(FormatError) {
        self.destination = destination
        self.closing = closing
        switch destination {
        case .folder(let path, let isCompressed):
            let suffix = suffix + (isCompressed ? ".gz" : "")
            let opened = try RecordFiles(
                folder: path, preamble: preamble, suffix: suffix, identity: identity, resuming: settings.isResuming)
            for (side, role) in settings.outputs(destination) where side?.hasSuffix(suffix) ?? false {
                guard let side, Folder.holds(side, at: path) else { continue }
                throw FormatError(file: side, problem: .file(.amongRecords(role: role)))
            }
            isStreamed = false
            recordsInFile = 0
            isDamaged = opened.isDamaged
            writer = nil
            files = consume opened
        case .one(let output):
            var opened = try ResumableWriter(
                output, identity: identity, resuming: settings.isResuming,
                isHashing: settings.isHashing(beside: destination))
            if opened.recordsBefore == 0 { try opened.write(preamble) }
            isStreamed = output == .standardOutput
            recordsInFile = opened.recordsBefore
            isDamaged = opened.isDamaged
            writer = consume opened
            files = nil
        }
    }

    /// Whether the next record is in the output already; asked once for each record, in their order.
    mutating func holdsNext(id: [UInt8]) throws(FormatError) -> Bool {
        let isBefore = files == nil ? recordsBefore < recordsInFile : try files!.holdsNext(id: id)
        if isBefore { recordsBefore += 1 }
        return isBefore
    }

    /// Writes one record.
    mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        try writer?.write(bytes)
        try files?.write(bytes + closing)
    }

    /// Flushes the output if somebody may be reading it.
    mutating func flush() throws(FormatError) {
        if isStreamed { try writer?.flush() }
    }

    /// Notes that this many records, including those of earlier runs, are complete.
    mutating func checkpoint(records: Int) throws(FormatError) { try writer?.checkpoint(records: records) }

    /// Leaves complete records for another run.
    /// - Parameter records: how many are complete, including those of earlier runs.
    /// - Returns: how many are left.
    consuming func suspend(records: Int) throws(FormatError) -> Int {
        if let writer = writer.take() { return try writer.suspend(records: records) }
        return files.take()?.suspend() ?? 0
    }

    /// Completes the output.
    /// - Returns: its SHA-256 if a manifest wants it and it is one file.
    consuming func finish() throws(FormatError) -> String? {
        if var writer = writer.take() {
            try writer.write(closing)
            return try writer.finish()
        }
        files.take()?.finish()
        return nil
    }
}
