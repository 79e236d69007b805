import Glibc

/// A text file that grows line by line, each visible to readers at once: a log of long work.
public struct LineLog: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Opens the file, creating it if needed.
    /// - Parameter appending: whether to keep its contents.
    /// - Throws: `outputIsDirectory` or `cannotWrite`.
    public init(path: String, appending: Bool) throws(FormatError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (appending ? 0 : O_TRUNC), 0o666)
        if descriptor < 0 {
            let problem: FormatError.Problem =
                errno == EISDIR ? .file(.outputIsDirectory) : .file(.cannotWrite(errno: errno))
            throw FormatError(file: path, problem: problem)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds one line.
    /// - Throws: `cannotWrite`.
    public func write(line: [UInt8]) throws(FormatError) {
        var rest = (line + [UInt8(ascii: "\n")])[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw FormatError(file: path, problem: .file(.cannotWrite(errno: errno))) }
            rest = rest.dropFirst(count)
        }
    }
}
