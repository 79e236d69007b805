import TestSupport
import Testing

@testable import StrandBytes

/// What a stopped run leaves is what the next one finds.
@Suite struct ResumableWriterTests {
    let directory = TemporaryDirectory()

    private func writer(_ name: String, _ identity: String = "work", resuming: Bool = false) throws -> ResumableWriter {
        try ResumableWriter(.file(directory(name)), identity: identity, resuming: resuming)
    }

    @Test func plainOutputKeepsEveryRecord() throws {
        var first = try writer("out")
        try first.write(Array("one\ntwo\n".utf8))
        #expect(try first.suspend(records: 2) == 2)
        var second = try writer("out", resuming: true)
        #expect(second.recordsBefore == 2)
        try second.write(Array("three\n".utf8))
        try second.finish()
        #expect(directory.bytes(of: "out") == Array("one\ntwo\nthree\n".utf8) && directory.names == ["out"])
    }

    /// Where a member of gzip ends depends on the records alone, so what follows the last checkpoint is not kept.
    @Test func gzipKeepsWhatACheckpointHolds() throws {
        var first = try writer("out.gz")
        try first.write(Array("one\n".utf8))
        #expect(try first.suspend(records: 1) == 0)
        #expect(directory.names.isEmpty)
        var second = try writer("out.gz")
        try second.write(Array("one\n".utf8))
        try second.checkpoint(records: 1)
        try second.write(Array("two\n".utf8))
        #expect(try second.suspend(records: 2) == 1)
        let third = try writer("out.gz", resuming: true)
        #expect(third.recordsBefore == 1)
    }

    @Test func aWholeOutputKnowsItsWork() throws {
        func output(_ name: String, _ identity: String = "work") throws -> ResumableWriter.Output {
            try ResumableWriter.output(at: .file(directory(name)), identity: identity)
        }
        #expect(try output("out") == .unfinished)
        var writer = try writer("out")
        try writer.write([65])
        #expect(try output("out") == .unfinished)
        try writer.finish()
        #expect(try output("out") == .whole(isKnown: true))
        #expect(throws: FormatError(file: directory("out"), problem: .file(.otherOutput))) {
            try output("out", "other work")
        }
        _ = directory.write([65], to: "copy")
        #expect(try output("copy") == .whole(isKnown: false))
        _ = directory.write([], to: "empty")
        #expect(try output("empty") == .unfinished)
    }
}
