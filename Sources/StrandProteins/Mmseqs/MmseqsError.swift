import Glibc

/// Why `mmseqs` found nothing.
public enum MmseqsError: Error, Equatable {
    /// The program cannot be started.
    case cannotStart(errno: Int32)
    /// It ended with this status, or by a signal; its last message.
    case failed(status: Int32, message: String)
    case killed(signal: Int32)
    /// A line of its output without the requested fields.
    case unexpectedLine(String, number: Int)
    /// The profile of another chain, or of none.
    case unexpectedProfile(String)
    /// The temporary directory cannot be made.
    case noTemporaryDirectory(errno: Int32)
}

extension MmseqsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotStart(ENOENT): "mmseqs: no such program; install it (Debian: mmseqs2)"
        case .cannotStart(let code): "mmseqs: cannot be started: \(String(cString: strerror(code)))"
        case .failed(let status, let message): "mmseqs: ended with status \(status): \(message)"
        case .killed(let signal): "mmseqs: ended by signal \(signal)"
        case .unexpectedLine(let line, let number):
            "mmseqs: line \(number) of its output is not understood: '\(line.prefix(80))'; is it version 14 or later?"
        case .unexpectedProfile(let name):
            "mmseqs: an alignment '\(name.prefix(80))' is not one of a chain searched; is it version 14 or later?"
        case .noTemporaryDirectory(let code):
            "mmseqs: no temporary directory: \(String(cString: strerror(code))); set TMPDIR"
        }
    }
}
