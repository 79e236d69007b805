import Glibc

/// A writer from which an interrupted run can resume: the final bytes are those of a run that was never
/// interrupted.
///
/// A regular file grows as `.NAME.partial` beside it and gets its name at `finish()`. A journal, `.NAME.journal`,
/// records after each checkpoint how many records and bytes are complete; gzip output ends a block there. A run that
/// is killed or suspended, or fills the disk, leaves files that another run can resume; otherwise a dropped writer
/// leaves nothing. A lock keeps two runs from writing one output. Standard output and special files are written
/// directly. A new run does not replace what another can resume.
public struct ResumableWriter: ~Copyable {
    private var direct: ByteWriter?
    private let file: PartialFile?
    private var gzip: BlockGzip?
    private var pending: [UInt8] = []
    private static let capacity = 1 << 17
    private let digest: BackgroundDigest?

    /// Records written by an earlier run; 0 without one.
    public let recordsBefore: Int
    /// Whether an earlier run left more than can be used: its output was cut, or its journal damaged.
    public let isDamaged: Bool

    /// Opens the destination.
    ///
    /// - Parameters:
    ///   - identity: a line that identifies the work: another run resumes only if it is the same.
    ///   - resuming: whether to resume an interrupted run; if there is none, this is a new run.
    ///   - isHashing: whether `finish()` tells the hash of the output.
    /// - Throws: `outputIsDirectory`, `cannotWrite`, `outputInUse`, `otherRun` for another identity, or `unfinishedRun`
    ///   for a new run where another can be resumed.
    public init(
        _ destination: ByteDestination, identity: String, resuming: Bool, isHashing: Bool = false,
        compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        digest = isHashing ? BackgroundDigest() : nil
        guard case .file(let path) = destination, OutputFile.isRegular(path) else {
            direct = try ByteWriter(destination, compressionLevel: compressionLevel, digest: digest)
            file = nil
            recordsBefore = 0
            isDamaged = false
            return
        }
        do throws(FormatError.Problem) {
            let opened = try PartialFile(path, identity: identity, resuming: resuming, digest: digest)
            recordsBefore = opened.recordsBefore
            isDamaged = opened.isDamaged
            file = opened
        } catch {
            throw FormatError(file: path, problem: error)
        }
        if destination.isCompressed { gzip = BlockGzip(level: compressionLevel) }
    }

    /// Writes `bytes`.
    /// - Throws: `cannotWrite`; what was complete at the last checkpoint can still be resumed.
    public mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        if direct != nil { return try direct!.write(bytes) }
        pending += bytes
        if pending.count >= Self.capacity { try drain() }
    }

    /// Flushes all bytes written so far, for readers that follow the output.
    /// - Throws: `cannotWrite`.
    public mutating func flush() throws(FormatError) {
        try direct?.flush()
    }

    /// Notes that this many records, including those of earlier runs, are complete. When to call this must depend on
    /// the records alone, because checkpoints show in gzip output.
    /// - Throws: `cannotWrite`.
    public mutating func checkpoint(records: Int) throws(FormatError) {
        guard direct == nil else { return }
        try drain()
        try endBlock()
        try file!.note(records: records)
    }

    /// Whether a run into this destination can be resumed: it is a regular file, or will be.
    public static func canResume(_ destination: ByteDestination) -> Bool {
        if case .file(let path) = destination { OutputFile.isRegular(path) } else { false }
    }

    /// What stands under the final name of an output that is to be resumed.
    public enum Output: Equatable {
        /// Nothing, or no whole output.
        case unfinished
        /// A whole output; whether it is that of this work is known or not.
        case whole(isKnown: Bool)
    }

    /// Whether a regular file with contents stands under its final name and no interrupted run beside it.
    /// - Parameter identity: identifies the work.
    /// - Throws: `otherOutput` if other work made it, or it was changed.
    public static func output(at destination: ByteDestination, identity: String) throws(FormatError) -> Output {
        guard case .file(let path) = destination, let status = FileState.status(of: path), status.st_size > 0,
            FileState.isRegular(status), !FileState.exists(PartialFile.leftovers(of: OutputFile.resolved(path)).journal)
        else { return .unfinished }
        switch RunMark.maker(of: path, for: PartialFile.mark(identity, Int(status.st_size))) {
        case .same: return .whole(isKnown: true)
        case .unknown: return .whole(isKnown: false)
        case .other: throw FormatError(file: path, problem: .file(.otherOutput))
        }
    }

    /// Writes pending bytes and gives the file its final name.
    /// - Returns: SHA-256 of the output as stored, earlier runs' bytes too, if it was asked for.
    /// - Throws: `cannotWrite`.
    @discardableResult
    public consuming func finish() throws(FormatError) -> String? {
        let digest = digest
        if let direct = direct.take() {
            try direct.finish()
        } else {
            try drain()
            try endBlock()
            if gzip != nil { try file!.write(BlockGzip.endOfFile) }
            try file!.commit()
        }
        return digest?.value
    }

    /// Leaves complete records for another run to resume; without any, leaves nothing.
    /// - Parameter records: how many are complete, including those of earlier runs.
    /// - Returns: how many are left: of gzip output those of the last checkpoint.
    /// - Throws: `cannotWrite`; what was complete at the last checkpoint is left.
    public consuming func suspend(records: Int) throws(FormatError) -> Int {
        guard let file else { return 0 }
        if gzip == nil, records > file.recordsNoted { try checkpoint(records: records) }
        file.keep()
        return file.recordsNoted
    }

    private mutating func drain() throws(FormatError) {
        try file!.write(gzip == nil ? pending : gzip!.add(pending))
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func endBlock() throws(FormatError) {
        if gzip != nil { try file!.write(gzip!.end()) }
    }
}
