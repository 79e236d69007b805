import Glibc

/// The files of a folder.
public enum Folder {
    /// Makes the folder at `path` and any missing parents.
    /// - Throws: `cannotWrite`.
    public static func make(at path: String) throws(FormatError) {
        if mkdir(path, 0o777) == 0 || isFolder(path) { return }
        var code = errno
        if code == ENOENT, let slash = path.drop(while: { $0 == "/" }).dropLast().lastIndex(of: "/") {
            try make(at: String(path[..<slash]))
            if mkdir(path, 0o777) == 0 || isFolder(path) { return }
            code = errno
        }
        throw FormatError(file: path, problem: .file(.cannotWrite(errno: code)))
    }

    /// Preserves `errno`.
    private static func isFolder(_ path: String) -> Bool {
        let code = errno
        defer { errno = code }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether the path is that of something in the folder, by whatever names.
    package static func holds(_ path: String, at folder: String) -> Bool {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard let first = FileState.status(of: parent), let second = FileState.status(of: folder) else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// The number of folders in the folder at `path`, without hidden ones.
    package static func folderCount(at path: String) -> Int {
        let base = path.hasSuffix("/") ? path : path + "/"
        return names(at: path)?.count { isFolder(base + $0) } ?? 0
    }

    /// Paths of the regular files in the folder at `path`, sorted by name, without hidden ones; nil if there is no folder.
    /// Pipes are left out: reading one might never end.
    public static func files(at path: String) -> [String]? {
        let base = path.hasSuffix("/") ? path : path + "/"
        return names(at: path)?.map { base + $0 }.filter { FileState.status(of: $0).map(FileState.isRegular) ?? false }
    }

    /// The names in a folder, sorted, without hidden ones; nil if there is no folder.
    private static func names(at path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
