/// A folder that gets a file for each record, and that another run can go on filling.
///
/// A hidden journal in it, named after the work, counts the complete files while a run lasts. Runs of other work may
/// write into the folder at the same time.
package final class ResumableFolder {
    package let path: String
    /// The path with a slash.
    private let prefix: String
    private let identity: String
    private let journal: RunJournal
    private var written: Int
    private var isKept: Bool
    /// Files written by an earlier run; nil if none is resumed.
    package let filesBefore: Int?
    /// Whether the journal of an earlier run tells nothing.
    package var isDamaged: Bool { journal.isDamaged }
    /// Whether a run of this work was completed in the folder; nil: nothing tells of any run.
    package let wasCompleted: Bool?

    /// Makes the folder if it is missing.
    /// - Throws: `cannotWrite`, `outputInUse`, or `unfinishedRun` for a new run where another can be resumed.
    package init(_ path: String, identity: String, resuming: Bool) throws(FormatError) {
        try Folder.make(at: path)
        self.path = path
        self.identity = identity
        prefix = path.hasSuffix("/") ? path : path + "/"
        wasCompleted =
            switch RunMark.maker(of: path, for: identity) {
            case .same: true
            case .other: false
            case .unknown: nil
            }
        let name = prefix + ".strand-\(RunMark.digest(of: identity)).journal"
        do throws(FormatError.Problem) {
            journal = try RunJournal(name, identity: identity, resuming: resuming, leftovers: [name])
            filesBefore = journal.marks.last?.records
            written = filesBefore ?? 0
            // What an earlier run left stays if this one fails.
            isKept = written > 0
            try journal.begin(at: (written, 0))
        } catch {
            throw FormatError(file: path, problem: error)
        }
    }

    deinit { if !isKept { journal.remove() } }

    /// Whether there is anything of this name.
    package func holds(_ name: String) -> Bool { FileState.exists(prefix + name) }

    /// Writes one file, which appears only when complete.
    /// - Throws: `outputExists`, unless the file is the one that an interrupted run may have written last.
    package func write(_ bytes: [UInt8], to name: String) throws(FormatError) {
        try ByteWriter.write(bytes, to: filesBefore == written ? .file(prefix + name) : .newFile(prefix + name))
        written += 1
        do throws(FormatError.Problem) { try journal.note((written, 0)) } catch {
            throw FormatError(file: path, problem: error)
        }
    }

    /// Leaves the journal for another run, if there is anything to go on from.
    /// - Returns: how many complete files there are.
    package func keep() -> Int {
        isKept = written > 0
        return written
    }

    /// Notes that all files are there.
    package func complete() {
        isKept = false
        RunMark.add(identity, to: path, isOnly: false)
    }
}
