import Glibc
import StrandBytes

/// Finds included files below a root folder, and lets none be outside it.
struct UNIPENIncludes {
    /// Files included on the way from the outermost to the innermost, at most.
    static let greatestDepth = 16
    /// Files included by one file in all, at most: a few small files could otherwise keep a reader busy for ever.
    static let greatestCount = 1000

    /// A file that is included.
    struct File {
        /// As errors name it: the root and the name that the statement gives.
        let path: String
        /// Without links and `..`, to know it again.
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

    /// The file that a statement names.
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

    /// The path without links and `..`; nil where there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
