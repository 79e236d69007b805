import FoundationEssentials
import Glibc

/// A new directory, removed with its contents when the last reference goes.
public final class TemporaryDirectory: Sendable {
    /// The directory's path.
    public let path: String

    /// Makes the directory.
    public init() {
        var template = Array("/tmp/strand-tests-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "no temporary directory")
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in the directory.
    public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes `bytes` to the file `name` and returns its path.
    public func write(_ bytes: [UInt8], to name: String) -> String {
        precondition(FileManager.default.createFile(atPath: self(name), contents: Data(bytes)), "cannot write \(name)")
        return self(name)
    }

    /// The bytes of the file `name`; nil if there is none.
    public func bytes(of name: String) -> [UInt8]? { FileManager.default.contents(atPath: self(name)).map(Array.init) }

    /// Waits until there is a file `name`, at most 20 s.
    public func wait(for name: String) {
        for _ in 0..<2000 where !FileManager.default.fileExists(atPath: self(name)) {
            usleep(10_000)
        }
    }

    /// The names of all files in the directory, hidden ones too, sorted.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
