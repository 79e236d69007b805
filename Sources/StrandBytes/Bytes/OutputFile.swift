import Glibc

/// An output file in progress.
///
/// A regular file is written under a temporary name beside it and renamed by `commit()`; dropped before that, it leaves
/// nothing behind. A special file (FIFO, device) is written directly, and so is what a descriptor of the process stands for
/// (`/dev/stdout`, `/dev/fd/3`), at its place. A file opened as new never replaces another.
struct OutputFile: ~Copyable {
    private typealias Opened = (descriptor: Int32, temporaryPath: String?)

    let descriptor: Int32
    private let path: String
    private let temporaryPath: String?
    private let isNew: Bool
    private var isOpen = true
    private var isCommitted = false

    /// Opens the file; symbolic links are followed, so the link's target is replaced.
    /// - Parameter isNew: whether the name must be unused, both now and at the end.
    init(_ name: String, isNew: Bool = false) throws(FormatError.Problem) {
        let path = isNew ? name : Self.resolved(name)
        (descriptor, temporaryPath) = try isNew ? Self.openNew(path) : Self.open(path)
        self.path = path
        self.isNew = isNew
    }

    deinit {
        if isOpen { close(descriptor) }
        if let temporaryPath, !isCommitted { unlink(temporaryPath) }
    }

    /// Closes the file and gives it its final name.
    mutating func commit() throws(FormatError.Problem) {
        isOpen = false
        if close(descriptor) != 0 { throw .file(.cannotWrite(errno: errno)) }
        if let temporaryPath, !(isNew ? Self.give(temporaryPath, newName: path) : rename(temporaryPath, path) == 0) {
            throw isNew && errno == EEXIST ? .file(.outputExists) : .file(.cannotWrite(errno: errno))
        }
        isCommitted = true
    }

    /// The descriptor of this process that a path names.
    static func descriptor(named path: String) -> Int32? {
        switch path {
        case "/dev/stdout": STDOUT_FILENO
        case "/dev/stderr": STDERR_FILENO
        default:
            ["/dev/fd/", "/proc/self/fd/"].lazy.compactMap { folder in
                path.hasPrefix(folder) ? Int32(path.dropFirst(folder.count)) : nil
            }.first
        }
    }

    /// Whether the path is a regular file that can be replaced, or does not exist yet.
    static func isRegular(_ path: String) -> Bool {
        if descriptor(named: path) != nil { return false }
        var status = stat()
        return stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Refuses a folder, and a file that must not be overwritten.
    static func checkWritable(_ path: String) throws(FormatError.Problem) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR { throw .file(.outputIsDirectory) }
        if access(path, W_OK) != 0 { throw .file(.cannotWrite(errno: errno)) }
    }

    private static func openNew(_ path: String) throws(FormatError.Problem) -> Opened {
        var status = stat()
        if lstat(path, &status) == 0 { throw .file(.outputExists) }
        return try makeTemporaryFile(beside: path)
    }

    /// Renames only if the new name is unused, though another process may have taken it since: making a link is atomic.
    /// A file system without links falls back to a plain rename.
    private static func give(_ temporaryPath: String, newName path: String) -> Bool {
        if link(temporaryPath, path) == 0 { return unlink(temporaryPath) == 0 }
        return errno != EEXIST && rename(temporaryPath, path) == 0
    }

    /// Opens a special file itself, otherwise a temporary file with the permissions of the file it will replace.
    private static func open(_ path: String) throws(FormatError.Problem) -> Opened {
        if let named = descriptor(named: path) {
            let copy = dup(named)
            if copy < 0 { throw .file(.cannotWrite(errno: errno)) }
            return (copy, nil)
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return try makeTemporaryFile(beside: path) }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR { throw .file(.outputIsDirectory) }
        if access(path, W_OK) != 0 { throw .file(.cannotWrite(errno: errno)) }
        if kind == S_IFREG {
            let file = try makeTemporaryFile(beside: path)
            fchmod(file.descriptor, status.st_mode & 0o7777)
            return file
        }
        let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
        if descriptor < 0 { throw .file(.cannotWrite(errno: errno)) }
        return (descriptor, nil)
    }

    /// The path with symbolic links resolved, also a link to a file that does not exist yet. The links of descriptors hold
    /// no path where they stand for a pipe.
    static func resolved(_ path: String) -> String {
        if descriptor(named: path) != nil { return path }
        if let target = realpath(path, nil) {
            defer { free(target) }
            return String(cString: target)
        }
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &target, target.count - 1)
        // ELOOP: the system would not open the link either.
        guard count > 0, errno != ELOOP else { return path }
        let name = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = path[..<(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)]
        return resolved(name.hasPrefix("/") ? name : folder + name)
    }

    /// Makes `.NAME.tmp-PID`, or `.NAME.tmp-PID-N` if that is taken.
    private static func makeTemporaryFile(beside path: String) throws(FormatError.Problem) -> Opened {
        let nameStart = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        let stem = "\(path[..<nameStart]).\(path[nameStart...]).tmp-\(getpid())"
        var candidate = stem
        var attempt = 0
        while true {
            let descriptor = Glibc.open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, candidate) }
            if errno != EEXIST { throw .file(.cannotWrite(errno: errno)) }
            attempt += 1
            candidate = "\(stem)-\(attempt)"
        }
    }
}
