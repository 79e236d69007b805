import Foundation

/// The built `strand`, run as a user runs it.
public struct Command: Sendable {
    /// The result of one run.
    public struct Result: Sendable {
        public let status: Int32
        public let output: Data
        public let errors: String

        /// Standard output as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The program is beside the tests' own executable.
    public static let path: String = {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appending(path: "strand").path(percentEncoded: false)
    }()

    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts the program.
    /// - Parameters:
    ///   - arguments: those after the program's name.
    ///   - input: the contents of standard input.
    ///   - environment: variables to set in addition to the tests' own.
    ///   - directory: the working directory; nil: that of the tests.
    public init(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in directory: String? = nil
    ) throws {
        process.executableURL = URL(filePath: Self.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        process.standardOutput = output
        process.standardError = errors
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        pipe.fileHandleForWriting.writeInBackground(input)
    }

    /// Waits for the end.
    public func wait() -> Result {
        let errorBytes = Box()
        let reader = errors.fileHandleForReading
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            errorBytes.value = reader.allBytes()
            done.signal()
        }
        let outputBytes = output.fileHandleForReading.allBytes()
        done.wait()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: outputBytes,
            errors: String(decoding: errorBytes.value, as: UTF8.self))
    }

    /// Waits for the next bytes of standard output; empty at its end.
    public func nextOutput() -> Data { output.fileHandleForReading.availableData }

    /// Ends the program at once, as `kill -9` does.
    public func kill() { _ = Glibc.kill(process.processIdentifier, SIGKILL) }

    /// Asks the program to stop, as Ctrl-C does.
    public func interrupt() { _ = Glibc.kill(process.processIdentifier, SIGINT) }

    /// Runs the program to its end.
    public static func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:], in directory: String? = nil
    ) throws -> Result {
        try Command(arguments, input: Data(input.utf8), environment: environment, in: directory).wait()
    }

    private final class Box: @unchecked Sendable {
        var value = Data()
    }
}
