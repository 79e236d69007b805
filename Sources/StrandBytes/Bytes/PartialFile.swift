import Glibc

/// A file that grows under a temporary name, with a journal of what is complete in it.
///
/// A class rather than a noncopyable struct, whose initialiser Swift 6.3 miscompiles with optimisation.
final class PartialFile {
    private let name: String
    private let path: String
    private let partialPath: String
    private let journal: RunJournal
    private var partial: Int32 = -1
    private let identity: String
    private var byteCount = 0
    private var isKept = false
    private var isCommitted = false
    /// Complete records left by an earlier run.
    private(set) var recordsBefore = 0
    /// Whether an earlier run left more than can be used.
    private(set) var isDamaged = false
    /// Complete records so far.
    private(set) var recordsNoted = 0
    /// Gets all bytes of the file, earlier runs' too.
    private let digest: BackgroundDigest?

    init(
        _ name: String, identity: String, resuming: Bool, digest: BackgroundDigest?
    ) throws(FormatError.Problem) {
        self.name = name
        self.identity = identity
        path = OutputFile.resolved(name)
        let beside = Self.leftovers(of: path)
        partialPath = beside.partial
        self.digest = digest
        try OutputFile.checkWritable(path)
        let shown = Self.leftovers(of: name)
        journal = try RunJournal(
            beside.journal, identity: identity, resuming: resuming, leftovers: [shown.partial, shown.journal])
        do throws(FormatError.Problem) { try openPartial(resuming: resuming) } catch {
            isKept = !journal.marks.isEmpty
            throw error
        }
    }

    private func openPartial(resuming: Bool) throws(FormatError.Problem) {
        partial = open(partialPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard partial >= 0, let status = FileState.status(ofDescriptor: partial) else {
            throw .file(.cannotWrite(errno: errno))
        }
        let mark = journal.marks.last { $0.bytes <= status.st_size } ?? (records: 0, bytes: 0)
        (recordsBefore, byteCount) = mark
        recordsNoted = recordsBefore
        let isUnknown = resuming && journal.marks.isEmpty && status.st_size > 0
        isDamaged = journal.isDamaged || isUnknown || recordsBefore < journal.marks.last?.records ?? 0
        if ftruncate(partial, mark.bytes) != 0 { throw .file(.cannotWrite(errno: errno)) }
        try hashExisting()
        try journal.begin(at: mark)
    }

    /// What a whole output is marked with: a file of another size is not what the run wrote.
    static func mark(_ identity: String, _ byteCount: Int) -> String { "\(identity), \(byteCount) bytes" }

    /// The names of what an interrupted run leaves beside its output.
    static func leftovers(of path: String) -> (partial: String, journal: String) {
        let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        let hidden = "\(path[..<start]).\(path[start...])"
        return ("\(hidden).partial", "\(hidden).journal")
    }

    deinit {
        // What an earlier run left stays if this one fails.
        if !isKept && !isCommitted && recordsBefore == 0 {
            if partial >= 0 { unlink(partialPath) }
            journal.remove()
        }
        if partial >= 0 { close(partial) }
    }

    /// Reads what an earlier run wrote; the next bytes go behind it.
    private func hashExisting() throws(FormatError.Problem) {
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        while digest != nil {
            let count = read(partial, &chunk, chunk.count)
            if count < 0 { throw .file(.cannotRead(errno: errno)) }
            if count == 0 { break }
            digest?.update(chunk[..<count])
        }
        if lseek(partial, 0, SEEK_END) < 0 { throw .file(.cannotWrite(errno: errno)) }
    }

    func write(_ bytes: [UInt8]) throws(FormatError) {
        try keepingOnFailure { () throws(FormatError.Problem) in try RawOutput.write(bytes, to: partial) }
        byteCount += bytes.count
        digest?.update(bytes[...])
    }

    /// Notes that this many records are complete in what was written so far.
    func note(records: Int) throws(FormatError) {
        try keepingOnFailure { () throws(FormatError.Problem) in try journal.note((records, byteCount)) }
        recordsNoted = records
    }

    /// Gives the file its final name.
    func commit() throws(FormatError) {
        if let status = FileState.status(of: path) { fchmod(partial, status.st_mode & 0o7777) }
        RunMark.add(Self.mark(identity, byteCount), to: partialPath, isOnly: true)
        try keepingOnFailure { () throws(FormatError.Problem) in
            if rename(partialPath, path) != 0 { throw .file(.cannotWrite(errno: errno)) }
        }
        isCommitted = true
        journal.remove()
    }

    /// What is complete can be resumed after a full disk, for example.
    private func keepingOnFailure(_ body: () throws(FormatError.Problem) -> Void) throws(FormatError) {
        do throws(FormatError.Problem) { try body() } catch {
            keep()
            throw FormatError(file: name, problem: error)
        }
    }

    /// Leaves what is complete for another run; if nothing is, leaves nothing.
    func keep() { isKept = recordsNoted > 0 }
}
