import Glibc

/// What is known of the terminal, and messages to it.
enum Terminal {
    /// Whether standard error is a terminal: only then is progress shown.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether somebody reads standard output as it comes.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether somebody would have to type standard input.
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether standard output is a terminal that wants colours (no-color.org).
    static var showsColours: Bool {
        outputIsTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// A variable of the environment.
    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// One line on standard error, after the program's name.
    static func message(_ text: String) { write("strand: \(text)\n") }

    /// Text on standard error as it is.
    static func write(_ text: String) { _ = text.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) } }
}
