import Foundation
import TestSupport
import Testing

/// Pipes whose other end goes away, and input that cannot be read.
@Suite struct PipeTests {
    let directory = TemporaryDirectory()

    private func write(records count: Int) {
        let text = (0..<count).map { ">c\($0)\nMSDKIIHLTDDSFDTDVLKADGAILVDFW\n" }.joined()
        _ = directory.write(Array(text.utf8), to: "in.fa")
    }

    private func errors() -> String { String(decoding: directory.bytes(of: "err") ?? [], as: UTF8.self) }

    /// The reader stops early: no message, and the status of SIGPIPE, even if it is ignored.
    @Test(arguments: ["", "trap '' PIPE; "])
    func aReaderThatGoesAwayIsNoFault(before: String) throws {
        write(records: 5000)
        let command =
            "\(before)\(Command.path) label in.fa 2> err | head -n 1 > first; test ${PIPESTATUS[0]} -eq 141"
        #expect(shell("cd \(directory.path); bash -c \"\(command.replacing("$", with: "\\$"))\""))
        #expect(errors().isEmpty && directory.bytes(of: "first") == Array(">c0\n".utf8))
    }

    @Test func aFIFOThatIsClosedAtOnce() throws {
        #expect(shell("cd \(directory.path); mkfifo in; (: > in) & ! \(Command.path) label in -o out.ss 2> err"))
        #expect(errors() == "strand: error: in: no records; a '>' header and a sequence are expected\n")
        #expect(directory.bytes(of: "out.ss") == nil)
    }

    @Test func aFIFOThatIsClosedInMidFile() throws {
        write(records: 500)
        #expect(
            shell(
                "cd \(directory.path); mkfifo in; (gzip -c in.fa | head -c 700 > in) & "
                    + "! \(Command.path) label in -o out.ss 2> err"))
        #expect(errors() == "strand: error: in: gzip data end too early; fetch or compress the file again\n")
        #expect(directory.bytes(of: "out.ss") == nil)
    }

    @Test func inputThatCannotBeRead() throws {
        #expect(shell("cd \(directory.path); ! \(Command.path) label /proc/self/mem -o out.ss 2> err"))
        #expect(errors() == "strand: error: /proc/self/mem: cannot read: Input/output error\n")
        #expect(directory.bytes(of: "out.ss") == nil)
    }
}
