import ArgumentParser
import Glibc
import Strand

/// The state of the terminal, and messages to it.
enum Terminal {
    /// Whether standard error is a terminal that can redraw a line: only then is progress shown.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb" }

    /// Whether somebody reads standard output while it is written: a terminal, or another program, which may itself
    /// write to the terminal.
    static var outputIsRead: Bool {
        var status = stat()
        guard fstat(STDOUT_FILENO, &status) == 0 else { return false }
        return isatty(STDOUT_FILENO) == 1 || [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    /// Whether standard input would have to be typed.
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// The columns of the terminal behind standard error; nil if there is none.
    static var columns: Int? { columns(of: STDERR_FILENO) }

    /// The same for standard output.
    static var outputColumns: Int? { columns(of: STDOUT_FILENO) }

    private static func columns(of file: CInt) -> Int? {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// The columns that help texts are set in.
    static var helpColumns: Int { environment("COLUMNS").flatMap { Int($0) } ?? columns ?? 80 }

    /// An environment variable.
    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// A line, or several, on standard output.
    /// - Throws: `FormatError` if it cannot be written, to a full disk for instance.
    static func output(_ text: String, terminator: String = "\n") throws(FormatError) {
        try ByteWriter.write(Array((text + terminator).utf8), to: .standardOutput)
    }

    /// One line on standard error, after the program's name.
    static func message(_ text: String) { write("strand: \(text)\n") }

    /// Text on standard error, unchanged.
    static func write(_ text: String) { _ = text.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) } }
}

/// When to write in colours.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// Whether standard output gets colours: by the option, else by NO_COLOR (no-color.org), CLICOLOR_FORCE
    /// (bixense.com/clicolors), and the terminal.
    var isOn: Bool {
        if self != .auto { return self == .always }
        if !(Terminal.environment("NO_COLOR") ?? "").isEmpty { return false }
        if !["", "0"].contains(Terminal.environment("CLICOLOR_FORCE") ?? "") { return true }
        return isatty(STDOUT_FILENO) == 1 && Terminal.environment("TERM") != "dumb"
    }
}
