import StrandBytes
import TestSupport
import Testing

@Suite struct LineLogTests {
    @Test func linesAreVisibleAtOnceAndAppended() throws {
        let directory = TemporaryDirectory()
        let path = directory("log")
        let log = try LineLog(path: path, appending: false)
        try log.write(line: Array("one".utf8))
        #expect(directory.bytes(of: "log") == Array("one\n".utf8))
        let second = try LineLog(path: path, appending: true)
        try second.write(line: Array("two".utf8))
        #expect(directory.bytes(of: "log") == Array("one\ntwo\n".utf8))
        let third = try LineLog(path: path, appending: false)
        try third.write(line: [])
        #expect(directory.bytes(of: "log") == Array("\n".utf8))
    }

    @Test func aDirectoryIsNoLog() {
        #expect(throws: FormatError(file: "/tmp", problem: .file(.outputIsDirectory))) {
            _ = try LineLog(path: "/tmp", appending: true)
        }
    }
}
