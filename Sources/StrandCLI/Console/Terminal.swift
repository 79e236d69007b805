import Glibc

/// The state of the terminal, and messages to it.
enum Terminal {
    /// Whether standard error is a terminal: only then is progress shown.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether somebody reads standard output while it is written.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether standard input would have to be typed.
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether standard output is a terminal that wants colours (no-color.org).
    static var showsColours: Bool {
        outputIsTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// An environment variable.
    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// One line on standard error, after the program's name.
    static func message(_ text: String) { write("strand: \(text)\n") }

    /// Text on standard error, unchanged.
    static func write(_ text: String) { _ = text.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) } }
}
