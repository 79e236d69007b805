import Foundation
import StrandBytes
import TestSupport
import Testing

/// What people see at a terminal: progress on one line, messages, colours, and Ctrl-C.
@Suite struct TerminalTests {
    let directory = TemporaryDirectory()

    /// Records with long headers and few residues: bytes to read without work.
    private func write(_ count: Int = 600) {
        let note = String(repeating: "n", count: 1000)
        _ = directory.write(Array((0..<count).map { ">c\($0) \(note)\nMKVA\n" }.joined().utf8), to: "in.fa")
    }

    private func run(
        _ arguments: String..., columns: Int = 80, isPiped: Bool = false, environment: [String: String] = [:]
    ) throws -> (status: Int32, screen: String, piped: String) {
        try TerminalCommand(
            arguments, columns: columns, isPiped: isPiped, environment: environment, in: directory.path
        ).wait()
    }

    /// The texts that stood on the line of progress, one after the other.
    private func lines(of screen: String) -> [Substring] {
        screen.split(separator: "\r\u{1B}[K").filter { !$0.isEmpty }
    }

    @Test func progressTellsTheShareThatIsRead() throws {
        write()
        for arguments in [["label", "in.fa", "-o", "out.ss"], ["inspect", "in.fa"]] {
            let result = try TerminalCommand(arguments, in: directory.path).wait()
            #expect(result.status == 0)
            #expect(lines(of: result.screen).contains { $0.hasPrefix("21 %") }, "\(arguments): \(result.screen)")
        }
        let shown = lines(of: try run("label", "in.fa", "-o", "out.ss").screen)
        #expect(shown.last?.hasPrefix("strand: 600 records, 2,400 residues, ") == true)
    }

    @Test(arguments: [20, 40, 200]) func progressStaysOnOneLine(columns: Int) throws {
        write()
        let result = try run("label", "in.fa", "-o", "out.ss", columns: columns)
        let shown = lines(of: result.screen).dropLast()
        #expect(!shown.isEmpty && shown.allSatisfy { $0.count < columns }, "\(result.screen)")
    }

    /// No line is redrawn where that is impossible, or where it would mix with results that somebody reads.
    @Test func noProgressWhereItWouldDisturb() throws {
        write()
        let dumb = try run("label", "in.fa", "-o", "out.ss", environment: ["TERM": "dumb"])
        #expect(dumb.status == 0 && dumb.screen.isEmpty)
        let piped = try run("label", "in.fa", isPiped: true)
        #expect(piped.status == 0 && piped.screen.isEmpty && piped.piped.hasPrefix(">c0 nnn"))
        let converted = try run("convert", "out.ss", isPiped: true)
        #expect(converted.status == 0 && converted.screen.isEmpty)
    }

    @Test func theFirstInterruptEndsALabelThatWaits() throws {
        let command = try TerminalCommand(["label"], in: directory.path)
        command.wait(for: "reading FASTA from standard input")
        usleep(300_000)
        command.interrupt()
        let result = command.wait()
        #expect(result.status == 130)
        #expect(result.screen.hasSuffix("strand: stopped after 0 records\r\n"), "\(result.screen)")
    }

    @Test func interruptEndsALabelThatWaitsForAPipe() throws {
        #expect(shell("mkfifo \(directory("fifo"))"))
        let command = try TerminalCommand(["label", "fifo", "-o", "out.ss"], in: directory.path)
        directory.wait(for: ".out.ss.partial")
        usleep(300_000)
        command.interrupt()
        #expect(command.wait().status == 130)
    }

    @Test func colours() throws {
        _ = directory.write(Array(">a\nMSDEEAKKLLEEAKKLAEEALKKLLEEAEKLGG\n".utf8), to: "in.fa")
        let red = "\u{1B}[31m"
        #expect(try run("label", "in.fa").screen.contains(red))
        #expect(try !run("label", "in.fa", environment: ["NO_COLOR": "1"]).screen.contains(red))
        #expect(try !run("label", "in.fa", environment: ["TERM": "dumb"]).screen.contains(red))
        #expect(try !run("label", "--color", "never", "in.fa").screen.contains(red))
        #expect(try run("label", "--color", "always", "in.fa", environment: ["NO_COLOR": "1"]).screen.contains(red))
        // A pipe has none unless they are asked for.
        #expect(try !run("label", "in.fa", isPiped: true).piped.contains(red))
        #expect(try run("label", "--color", "always", "in.fa", isPiped: true).piped.contains(red))
        #expect(try run("label", "in.fa", isPiped: true, environment: ["CLICOLOR_FORCE": "1"]).piped.contains(red))
        #expect(try !run("label", "in.fa", isPiped: true, environment: ["CLICOLOR_FORCE": "0"]).piped.contains(red))
        let both = ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]
        #expect(try !run("label", "in.fa", isPiped: true, environment: both).piped.contains(red))
        // A file never has.
        #expect(try run("label", "--color", "always", "in.fa", "-o", "out.ss").status == 0)
        #expect(directory.bytes(of: "out.ss")?.contains(0x1B) == false)
        #expect(try run("label", "--color", "blue", "in.fa").status == 64)
    }

    @Test(arguments: ["structures.ssfa"]) func figuresFitTheTerminal(file: String) throws {
        let result = try run("evaluate", TestFiles.path("data/examples/\(file)"), isPiped: true)
        let lines = result.piped.split(separator: "\n")
        #expect(result.status == 0 && lines.contains { $0.contains("  Q8 ") })
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(result.piped)")
        #expect(result.screen.contains(/structures\.ssfa: \d+ %, [12] of 2 chains/), "\(result.screen)")
    }

    @Test func whatWasBuilt() throws {
        let text = try run("--version", "--verbose").screen
        let hash = try SHA256.hexDigest(ofFile: TestFiles.shippedModel)
        #expect(text.hasPrefix("strand 0.2.0\r\ncommit   ") && text.contains("\r\nmodel    \(hash)  "))
        #expect(text.contains(/kernels  \w+ of portable/))
    }

    /// Example commands can be copied from the help at any width.
    @Test(arguments: [40, 80]) func helpKeepsExamplesWhole(columns: Int) throws {
        for verb in [
            "label", "read", "evaluate", "score", "audit", "convert", "calibrate", "quantize", "merge", "inspect",
        ] {
            let lines = try run(verb, "--help", columns: columns, environment: ["COLUMNS": ""]).screen
                .split(separator: "\r\n", omittingEmptySubsequences: false)
            let start = try #require(lines.firstIndex(of: "EXAMPLES:"))
            let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
            #expect(examples.allSatisfy { $0.hasPrefix("  ") && $0.count <= 80 }, "\(verb): \(examples)")
        }
    }
}
