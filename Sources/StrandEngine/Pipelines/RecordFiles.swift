import StrandBytes

/// Results in a folder, one file for each record.
struct RecordFiles: ~Copyable {
    private let folder: ResumableFolder
    private let preamble: [UInt8]
    private let suffix: String
    private let isResuming: Bool
    /// Whether files were there already, and nothing tells whether a run of this work wrote them.
    var isOfUnknownRun: Bool {
        mutating get { found > 0 && folder.filesBefore == nil && folder.wasCompleted == nil }
    }
    private var names = RecordFileNames()
    /// Records whose file was there already.
    private var found = 0
    private var seen = 0
    /// Names of the files to be written next.
    private var pending: [String] = []

    /// Creates the folder if it is missing.
    /// - Parameter preamble: the start of each file.
    init(
        folder: String, preamble: [UInt8], suffix: String, identity: String, resuming: Bool
    ) throws(FormatError) {
        self.folder = try ResumableFolder(folder, identity: identity, resuming: resuming)
        self.preamble = preamble
        self.suffix = suffix
        isResuming = resuming
    }

    /// Whether the file of the next record is there already; asked once for each record, in their order.
    ///
    /// A resumed run without a journal may be over: as long as the files of all records are there, they are its own, if no
    /// other run is known to have written into the folder. A file that was taken away since is made anew.
    mutating func holdsNext(id: [UInt8]) throws(FormatError) -> Bool {
        let name = names.next(forID: id) + suffix
        let isComplete = folder.wasCompleted == true
        let mayBeThere = folder.filesBefore.map { seen < $0 } ?? (mayBeOver && (isComplete || found == seen))
        let isBefore = mayBeThere && folder.holds(name)
        seen += 1
        if isBefore {
            found += 1
            return true
        }
        if folder.filesBefore == nil, found > 0, !isComplete {
            throw FormatError(file: folder.path, problem: .run(.foreignFiles(count: found)))
        }
        pending.append(name)
        return false
    }

    /// Writes the file of the first record that is not there yet, which appears only when complete.
    mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        try folder.write(preamble + bytes, to: pending.removeFirst())
    }

    private var mayBeOver: Bool { isResuming && folder.wasCompleted != false }

    /// Whether the journal of an earlier run tells nothing.
    var isDamaged: Bool { folder.isDamaged }

    /// Leaves complete files for another run, and tells how many.
    consuming func suspend() -> Int { folder.keep() }

    /// Notes that all files are there.
    consuming func finish() { folder.complete() }
}
