import Foundation

/// Another program that runs cases when told: it stays up, so that only the work is timed, by itself.
final class Peer {
    let name: String
    private let process = Process()
    private let requests = Pipe()
    private let answers: FileHandle

    private struct Greeting: Decodable { var name: String }
    private struct Answer: Decodable { var seconds: Double }

    /// Starts a script of `peers/`. Nil, with a word on standard error, where Python lacks its packages.
    init?(python: String, script: String) {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../peers")
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [folder.appending(path: script).standardized.path(percentEncoded: false)]
        process.standardInput = requests
        process.standardOutput = output
        answers = output.fileHandleForReading
        do { try process.run() } catch { return nil }
        guard let line = Self.line(from: answers), let greeting = try? JSONDecoder().decode(Greeting.self, from: line)
        else { return nil }
        name = greeting.name
    }

    /// Seconds of one repetition; the first call of a case warms it up first. Nil where the peer cannot run it.
    ///
    /// Between its turns the peer is stopped: its idle threads would spin on the processors the others are measured on.
    func run(_ test: Case) throws -> Double? {
        kill(process.processIdentifier, SIGCONT)
        defer { kill(process.processIdentifier, SIGSTOP) }
        try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(test) + Data("\n".utf8))
        guard let line = Self.line(from: answers) else { return nil }
        return try JSONDecoder().decode(Answer.self, from: line).seconds
    }

    deinit {
        kill(process.processIdentifier, SIGCONT)
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(from handle: FileHandle) -> Data? {
        var line = Data()
        while let byte = try? handle.read(upToCount: 1), !byte.isEmpty {
            if byte[byte.startIndex] == UInt8(ascii: "\n") { return line }
            line += byte
        }
        return nil
    }
}
