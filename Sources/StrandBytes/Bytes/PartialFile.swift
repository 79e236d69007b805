import Glibc

/// A file that grows under a temporary name, with a journal of what is complete in it.
///
/// A class rather than a noncopyable struct, whose initialiser Swift 6.3 miscompiles with optimisation.
final class PartialFile {
    private let name: String
    private let path: String
    private let partialPath: String
    private let journalPath: String
    private var partial: Int32 = -1
    private var journal: Int32 = -1
    private var byteCount = 0
    private var isKept = false
    private var isCommitted = false
    /// Complete records left by an earlier run.
    private(set) var recordsBefore = 0

    init(_ name: String, identity: String, resuming: Bool) throws(FormatError.Problem) {
        self.name = name
        path = OutputFile.resolved(name)
        let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        partialPath = "\(path[..<start]).\(path[start...]).partial"
        journalPath = "\(path[..<start]).\(path[start...]).journal"
        try OutputFile.checkWritable(path)
        journal = try Self.lockedJournal(journalPath)
        do throws(FormatError.Problem) {
            let marks = resuming ? try Self.marks(journal, identity: identity) : nil
            partial = open(partialPath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
            if partial < 0 { throw .file(.cannotWrite(errno: errno)) }
            var status = stat()
            fstat(partial, &status)
            let mark = marks?.last { $0.bytes <= status.st_size } ?? (records: 0, bytes: 0)
            (recordsBefore, byteCount) = mark
            if ftruncate(partial, mark.bytes) != 0 || lseek(partial, mark.bytes, SEEK_SET) < 0 {
                throw .file(.cannotWrite(errno: errno))
            }
            try startJournal(identity)
        } catch {
            isKept = error.isOtherRun
            throw error
        }
    }

    deinit {
        if !isKept && !isCommitted {
            if partial >= 0 { unlink(partialPath) }
            if journal >= 0 { unlink(journalPath) }
        }
        if partial >= 0 { close(partial) }
        // Closing the descriptor releases the lock.
        if journal >= 0 { close(journal) }
    }

    // MARK: The journal

    /// Opens the journal and locks it, so that no other run writes the same output.
    private static func lockedJournal(_ path: String) throws(FormatError.Problem) -> Int32 {
        while true {
            let journal = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            if journal < 0 { throw .file(.cannotWrite(errno: errno)) }
            if flock(journal, LOCK_EX | LOCK_NB) != 0 {
                let isBusy = errno == EWOULDBLOCK
                let code = errno
                close(journal)
                if isBusy { throw .file(.outputInUse) }
                throw .file(.cannotWrite(errno: code))
            }
            // A run that held the lock may have removed the journal in between.
            var (opened, named) = (stat(), stat())
            fstat(journal, &opened)
            if stat(path, &named) == 0, named.st_ino == opened.st_ino { return journal }
            close(journal)
        }
    }

    /// The checkpoints of an earlier run; nil if there are none.
    private static func marks(
        _ journal: Int32, identity: String
    ) throws(FormatError.Problem) -> [(records: Int, bytes: Int)]? {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        lseek(journal, 0, SEEK_SET)
        while true {
            let count = read(journal, &chunk, chunk.count)
            if count <= 0 { break }
            text += chunk[..<count]
        }
        // A line cut short by a killed run does not count.
        let whole = text.lastIndex(of: UInt8(ascii: "\n")).map { text[..<$0] } ?? []
        let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, !first.isEmpty else { return nil }
        if first != identity { throw .file(.otherRun) }
        return lines.dropFirst().compactMap { line in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
        }
    }

    private func startJournal(_ identity: String) throws(FormatError.Problem) {
        precondition(!identity.contains("\n"), "an identity is one line")
        if ftruncate(journal, 0) != 0 || lseek(journal, 0, SEEK_SET) < 0 { throw .file(.cannotWrite(errno: errno)) }
        try RawOutput.write("\(identity)\n\(recordsBefore) \(byteCount)\n".utf8.map { $0 }, to: journal)
    }

    // MARK: Writing

    func write(_ bytes: [UInt8]) throws(FormatError) {
        do throws(FormatError.Problem) { try RawOutput.write(bytes, to: partial) } catch {
            isKept = true
            throw FormatError(file: name, problem: error)
        }
        byteCount += bytes.count
    }

    /// Notes that this many records are complete in what was written so far.
    func note(records: Int) throws(FormatError) {
        do throws(FormatError.Problem) {
            try RawOutput.write(Array("\(records) \(byteCount)\n".utf8), to: journal)
        } catch {
            isKept = true
            throw FormatError(file: name, problem: error)
        }
    }

    /// Gives the file its final name.
    func commit() throws(FormatError) {
        var status = stat()
        if stat(path, &status) == 0 { fchmod(partial, status.st_mode & 0o7777) }
        if rename(partialPath, path) != 0 {
            isKept = true
            throw FormatError(file: name, problem: .file(.cannotWrite(errno: errno)))
        }
        isCommitted = true
        unlink(journalPath)
    }

    /// Leaves everything as it is.
    func keep() { isKept = true }
}

extension FormatError.Problem {
    /// Whether the existing files belong to another run, which may need them.
    fileprivate var isOtherRun: Bool {
        if case .file(.otherRun) = self { return true }
        return false
    }
}
