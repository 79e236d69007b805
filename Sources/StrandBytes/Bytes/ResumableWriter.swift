import Glibc

/// A way to a destination from which an interrupted run can go on: the bytes in the end are those of a run that was never
/// interrupted.
///
/// A regular file grows as `.NAME.partial` beside it and gets its name at `finish()`. A journal, `.NAME.journal`, says
/// after each checkpoint how many records and bytes are whole; gzip output ends a member there. What a run leaves behind
/// that is killed or suspended, or whose disk is full, another run takes up; what is dropped otherwise leaves nothing. A
/// lock keeps two runs from one output. Standard output and special files are written directly.
public struct ResumableWriter: ~Copyable {
    private var direct: ByteWriter?
    private let file: PartialFile?
    private let level: Int
    private var deflater: Deflater?
    private var pending: [UInt8] = []
    private static let capacity = 1 << 17

    /// Records that an earlier run has written; 0 without one.
    public let recordsBefore: Int

    /// Opens the destination.
    ///
    /// - Parameters:
    ///   - identity: a line that says which work this is: another run goes on only if it is the same.
    ///   - resuming: whether to go on from what an interrupted run left; where there is nothing, this is a new run.
    /// - Throws: `outputIsDirectory`, `cannotWrite`, `outputInUse`, or `otherRun` for another identity.
    public init(
        _ destination: ByteDestination, identity: String, resuming: Bool,
        compressionLevel: Int = ByteWriter.defaultCompressionLevel
    ) throws(FormatError) {
        level = compressionLevel
        guard case .file(let path) = destination, OutputFile.isRegular(path) else {
            direct = try ByteWriter(destination, compressionLevel: compressionLevel)
            file = nil
            recordsBefore = 0
            return
        }
        do throws(FormatError.Problem) {
            let opened = try PartialFile(path, identity: identity, resuming: resuming)
            recordsBefore = opened.recordsBefore
            file = opened
        } catch {
            throw FormatError(file: path, problem: error)
        }
        if destination.isCompressed { deflater = Deflater(level: compressionLevel) }
    }

    /// Whether a checkpoint means anything.
    public var isResumable: Bool { direct == nil }

    /// Writes `bytes`.
    /// - Throws: `cannotWrite`; what was whole at the last checkpoint stays to be taken up.
    public mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        if direct != nil { return try direct!.write(bytes) }
        pending += bytes
        if pending.count >= Self.capacity { try drain(.more) }
    }

    /// Hands all bytes so far to the system, where somebody may read them as they come.
    /// - Throws: `cannotWrite`.
    public mutating func flush() throws(FormatError) {
        try direct?.flush()
    }

    /// Notes that this many records, those of earlier runs included, are whole. The places where this is called must follow
    /// from the records alone, for they show in gzip output.
    /// - Throws: `cannotWrite`.
    public mutating func checkpoint(records: Int) throws(FormatError) {
        guard direct == nil else { return }
        try drain(.finish)
        if deflater != nil { deflater = Deflater(level: level) }
        try file!.note(records: records)
    }

    /// Writes what is pending and gives the file its own name.
    /// - Throws: `cannotWrite`.
    public consuming func finish() throws(FormatError) {
        if let direct = direct.take() {
            try direct.finish()
            return
        }
        try drain(.finish)
        try file!.commit()
    }

    /// Leaves what is whole to be taken up by another run.
    public consuming func suspend() {
        file?.keep()
    }

    private mutating func drain(_ mode: Deflater.Mode) throws(FormatError) {
        let bytes = deflater == nil ? pending : deflater!.deflate(pending, mode)
        pending.removeAll(keepingCapacity: true)
        try file!.write(bytes)
    }
}
