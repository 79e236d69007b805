import Glibc

/// Tells a file from another, and from its earlier state.
public enum FileState {
    /// The path, and for a regular file its size in bytes and modification time in nanoseconds.
    public static func description(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return path }
        return "\(path) \(status.st_size) \(status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)"
    }
}
