import Glibc

/// What tells a file from another, or from what it was before.
public enum FileState {
    /// The path, with the file's size in bytes and the time of its last change in nanoseconds where it is a regular file.
    public static func description(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return path }
        return "\(path) \(status.st_size) \(status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)"
    }
}
