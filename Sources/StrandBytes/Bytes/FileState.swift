import Glibc

/// What the system knows of files.
public enum FileState {
    /// Tells a file from another, and from its earlier state: the path, and for a regular file its size in bytes and
    /// modification time in nanoseconds.
    public static func description(of path: String) -> String {
        guard let status = regular(path) else { return path }
        return "\(path) \(status.st_size) \(time(status))"
    }

    /// The size of a regular file, in bytes; nil for other sources.
    package static func size(of source: ByteSource) -> Int? {
        switch source {
        case .memory(let bytes, _): bytes.count
        case .file(let path): regular(path).map { Int($0.st_size) }
        case .standardInput: status(ofDescriptor: STDIN_FILENO).flatMap { isRegular($0) ? Int($0.st_size) : nil }
        }
    }

    /// Whether an argument names a file that can be read again, or does not exist: no pipe, device or standard input.
    public static func isFile(_ argument: String) -> Bool {
        argument != "-" && status(of: argument).map { isRegular($0) || $0.st_mode & S_IFMT == S_IFDIR } ?? true
    }

    /// Whether the name is that of a pipe.
    package static func isPipe(_ path: String) -> Bool { (status(of: path)?.st_mode ?? 0) & S_IFMT == S_IFIFO }

    /// Whether there is a file, a folder or anything else of this name.
    public static func exists(_ path: String) -> Bool { status(of: path) != nil }

    /// Whether both are regular files and the first was changed after the second.
    public static func isNewer(_ path: String, than other: String) -> Bool {
        guard let first = regular(path), let second = regular(other) else { return false }
        return time(first) > time(second)
    }

    static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    static func status(ofDescriptor descriptor: Int32) -> stat? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status : nil
    }

    static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

    private static func regular(_ path: String) -> stat? { status(of: path).flatMap { isRegular($0) ? $0 : nil } }

    private static func time(_ status: stat) -> Int { status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec }
}
