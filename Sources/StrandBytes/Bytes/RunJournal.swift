import Glibc

/// The journal beside an output in progress: a line that identifies the work, then a line `RECORDS BYTES` for each
/// checkpoint. Its lock keeps two runs from writing one output.
final class RunJournal {
    private let path: String
    private let descriptor: Int32
    private let identity: String
    /// The checkpoints of the run to resume; empty for a new run.
    let marks: [(records: Int, bytes: Int)]
    /// Whether there is something to resume from which nothing can be told.
    let isDamaged: Bool

    /// Opens the journal of a new run, or of one to resume.
    /// - Parameter leftovers: the files that an interrupted run leaves, for errors.
    /// - Throws: `outputInUse`, `cannotWrite`, `otherRun`, or `unfinishedRun` if records would be lost.
    init(
        _ path: String, identity: String, resuming: Bool, leftovers: [String]
    ) throws(FormatError.Problem) {
        precondition(!identity.contains("\n"), "an identity is one line")
        self.path = path
        self.identity = identity
        descriptor = try Self.locked(path)
        let (first, marks) = Self.contents(of: descriptor)
        self.marks = resuming ? marks : []
        isDamaged = resuming && marks.isEmpty && (FileState.status(ofDescriptor: descriptor)?.st_size ?? 0) > 0
        if resuming, !first.isEmpty, first != identity { throw .file(.otherRun(leftovers: leftovers)) }
        if !resuming, let records = marks.last?.records, records > 0 {
            throw .file(.unfinishedRun(records: records, leftovers: leftovers))
        }
    }

    // Closing the descriptor releases the lock.
    deinit { close(descriptor) }

    /// Refuses an output that another run writes, or that can be resumed.
    /// - Throws: `outputInUse` or `unfinishedRun`.
    static func check(beside path: String) throws(FormatError.Problem) {
        let leftovers = PartialFile.leftovers(of: path)
        let journal = open(leftovers.journal, O_RDONLY | O_CLOEXEC)
        if journal < 0 { return }
        defer { close(journal) }
        if flock(journal, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK { throw .file(.outputInUse) }
        if let records = contents(of: journal).marks.last?.records, records > 0 {
            throw .file(.unfinishedRun(records: records, leftovers: [leftovers.partial, leftovers.journal]))
        }
    }

    private static func locked(_ path: String) throws(FormatError.Problem) -> Int32 {
        while true {
            let journal = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            if journal < 0 { throw .file(.cannotWrite(errno: errno)) }
            if flock(journal, LOCK_EX | LOCK_NB) != 0 {
                let code = errno
                close(journal)
                throw .file(code == EWOULDBLOCK ? .outputInUse : .cannotWrite(errno: code))
            }
            // A run that held the lock may have removed the journal in between.
            let (opened, named) = (FileState.status(ofDescriptor: journal), FileState.status(of: path))
            if let opened, let named, named.st_ino == opened.st_ino { return journal }
            close(journal)
        }
    }

    private static func contents(of journal: Int32) -> (first: String, marks: [(records: Int, bytes: Int)]) {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(journal, &chunk, chunk.count)
            if count <= 0 { break }
            text += chunk[..<count]
        }
        // A line cut short by a killed run does not count.
        let whole = text.lastIndex(of: UInt8(ascii: "\n")).map { text[..<$0] } ?? []
        let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let marks = lines.dropFirst().compactMap { line -> (records: Int, bytes: Int)? in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            return numbers.count == 2 && numbers.allSatisfy { $0 >= 0 } ? (numbers[0], numbers[1]) : nil
        }
        return (lines.first.map(String.init) ?? "", marks)
    }

    /// Starts over from one checkpoint.
    func begin(at mark: (records: Int, bytes: Int)) throws(FormatError.Problem) {
        if ftruncate(descriptor, 0) != 0 || lseek(descriptor, 0, SEEK_SET) < 0 {
            throw .file(.cannotWrite(errno: errno))
        }
        try RawOutput.write(Array("\(identity)\n".utf8), to: descriptor)
        try note(mark)
    }

    /// Adds a checkpoint.
    func note(_ mark: (records: Int, bytes: Int)) throws(FormatError.Problem) {
        try RawOutput.write(Array("\(mark.records) \(mark.bytes)\n".utf8), to: descriptor)
    }

    /// Removes the file: the output is whole, or there is nothing to resume.
    func remove() { unlink(path) }
}
