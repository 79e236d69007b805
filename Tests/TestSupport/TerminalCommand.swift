import Foundation
import Synchronization

/// The built `strand`, run at a terminal: standard input, standard error and, unless it is piped, standard output.
public final class TerminalCommand: Sendable {
    private let process = Process()
    private let master: Int32
    private let pipe: Pipe?
    private let shown = Mutex(Data())
    private let done = DispatchSemaphore(value: 0)

    /// Starts the program.
    /// - Parameters:
    ///   - arguments: those after the program's name.
    ///   - columns: the width of the terminal.
    ///   - isPiped: whether standard output is a pipe.
    ///   - environment: variables to set in addition to the tests' own; TERM is `xterm`, and
    ///     colours are not unwanted.
    ///   - directory: the working directory.
    public init(
        _ arguments: [String], columns: Int = 80, isPiped: Bool = false, environment: [String: String] = [:],
        in directory: String? = nil
    ) throws {
        // TIOCSPTLCK and TIOCGPTN: what unlockpt and ptsname do, which Glibc's module lacks.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number) = (Int32(0), UInt32(0))
        precondition(
            master >= 0 && ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0,
            "no terminal")
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
        pipe = isPiped ? Pipe() : nil
        process.executableURL = URL(filePath: Command.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm", "NO_COLOR": ""]) { $1 }
            .merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        let handle = FileHandle(fileDescriptor: terminal)
        process.standardInput = handle
        process.standardError = handle
        process.standardOutput = pipe ?? handle
        try process.run()
        close(terminal)
        Thread.detachNewThread { [self] in
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                // EIO at the end: no process has the terminal open.
                let count = read(master, &chunk, chunk.count)
                if count <= 0 { break }
                shown.withLock { $0.append(contentsOf: chunk[..<count]) }
            }
            done.signal()
        }
    }

    deinit { close(master) }

    /// What the program wrote to the terminal so far.
    public var screen: String { String(decoding: shown.withLock { $0 }, as: UTF8.self) }

    /// Waits until the terminal shows the text, at most 20 s.
    public func wait(for text: String) {
        for _ in 0..<2000 where !screen.contains(text) { usleep(10_000) }
    }

    /// Asks the program to stop, as Ctrl-C does.
    public func interrupt() { kill(process.processIdentifier, SIGINT) }

    /// Waits for the end.
    /// - Returns: the exit status, all that the terminal showed, and what went through the pipe.
    public func wait() -> (status: Int32, screen: String, piped: String) {
        let output = pipe?.fileHandleForReading.allBytes() ?? Data()
        process.waitUntilExit()
        done.wait()
        return (process.terminationStatus, screen, String(decoding: output, as: UTF8.self))
    }
}
