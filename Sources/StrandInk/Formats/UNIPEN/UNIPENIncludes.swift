import Glibc
import StrandBytes

/// Finds included files, and refuses those outside a root folder.
struct UNIPENIncludes {
    /// Maximum depth of includes.
    static let greatestDepth = 16
    /// Maximum number of files included by one file: a few small files could otherwise keep a reader busy for ever.
    static let greatestCount = 1000

    /// An included file.
    struct File {
        /// Its name in errors: the root and the name in the statement.
        let path: String
        /// Without links and `..`, to recognise it again.
        let realPath: String
    }

    let root: String?

    init(root: String?, source: ByteSource) {
        if root == nil, case .file(let path) = source {
            let folder = path.lastIndex(of: "/").map { path[..<$0] }
            self.root = folder.map { $0.isEmpty ? "/" : String($0) } ?? "."
        } else {
            self.root = root
        }
    }

    /// The file named by a statement.
    /// - Throws: `includeWithoutRoot`, `includeOutsideRoot` or `includeNotFound`.
    func file(_ name: String) throws(FormatError.Problem) -> File {
        guard let root else { throw .ink(.includeWithoutRoot(name)) }
        if name.hasPrefix("/") || name.split(separator: "/").contains("..") {
            throw .ink(.includeOutsideRoot(name, root: root))
        }
        let path = root.hasSuffix("/") ? root + name : "\(root)/\(name)"
        guard let realRoot = Self.realPath(root), let realPath = Self.realPath(path) else {
            throw .ink(.includeNotFound(name, root: root))
        }
        // A symbolic link may lead anywhere.
        if !realPath.hasPrefix(realRoot.hasSuffix("/") ? realRoot : realRoot + "/") {
            throw .ink(.includeOutsideRoot(name, root: root))
        }
        return File(path: path, realPath: realPath)
    }

    /// The path without links and `..`; nil if there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
