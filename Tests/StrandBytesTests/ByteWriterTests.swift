import FoundationEssentials
import Glibc
import StrandBytes
import TestSupport
import Testing

@Suite struct ByteWriterTests {
    let directory = TemporaryDirectory()

    @discardableResult
    private func write(_ text: String, to destination: ByteDestination) throws(FormatError) -> [UInt8] {
        var writer = try ByteWriter(destination)
        try writer.write(text)
        return try writer.finish()
    }

    @Test func everyWayToWrite() throws {
        var writer = try ByteWriter(.memory(name: "m"))
        try writer.write("é")
        try writer.write(UInt8(ascii: "b"))
        try writer.write(Array("cd".utf8))
        try writer.flush()
        try writer.write(Array("xef".utf8)[1...])
        #expect(try writer.finish() == Array("ébcdef".utf8))
    }

    @Test func largeWritesKeepTheirOrder() throws {
        let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 >> 3) }
        var plain = try ByteWriter(.file(directory("large")))
        var packed = try ByteWriter(.memory(name: "large.gz"))
        for piece in [bytes[..<5], bytes[5..<400_000], bytes[400_000...]] {
            try plain.write(piece)
            try packed.write(piece)
        }
        try plain.finish()
        #expect(directory.bytes(of: "large") == bytes)
        #expect(try Gzip.decompress(packed.finish()) == bytes)
    }

    @Test func fileAppearsOnlyAtFinish() throws {
        var writer = try ByteWriter(.file(directory("out")))
        try writer.write("text")
        try writer.flush()
        #expect(directory.names == [".out.tmp-\(getpid())"])
        try writer.finish()
        #expect(directory.names == ["out"])
        #expect(directory.bytes(of: "out") == Array("text".utf8))
    }

    @Test func droppedWriterLeavesTheOldFile() throws {
        _ = directory.write(Array("old".utf8), to: "out")
        do {
            var writer = try ByteWriter(.file(directory("out")))
            try writer.write("new")
            try writer.flush()
        }
        #expect(directory.names == ["out"])
        #expect(directory.bytes(of: "out") == Array("old".utf8))
    }

    @Test func twoWritersOfOneFileDoNotMix() throws {
        var first = try ByteWriter(.file(directory("out")))
        var second = try ByteWriter(.file(directory("out")))
        #expect(directory.names.count == 2)
        try first.write("first")
        try second.write("second")
        try first.finish()
        try second.finish()
        #expect(directory.names == ["out"])
        #expect(directory.bytes(of: "out") == Array("second".utf8))
    }

    @Test func replacesTheTargetOfALinkAndKeepsItsPermissions() throws {
        let target = directory.write([1], to: "target")
        #expect(chmod(target, 0o640) == 0 && symlink(target, directory("link")) == 0)
        try write("new", to: .file(directory("link")))
        var status = stat()
        #expect(lstat(directory("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(target, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(directory.bytes(of: "target") == Array("new".utf8))
    }

    @Test func gzipBySuffix() throws {
        try write("text", to: .file(directory("a.gz")))
        try write("text", to: .file(directory("b.gz")))
        let bytes = try #require(directory.bytes(of: "a.gz"))
        #expect(bytes == directory.bytes(of: "b.gz"))
        #expect(try Gzip.decompress(bytes) == Array("text".utf8))
        if shell("command -v gzip > /dev/null") {
            #expect(shell("test \"$(gzip -dc \(directory("a.gz")))\" = text"))
        }
    }

    @Test func flushedGzipCanBeReadSoFar() throws {
        let fifo = directory("fifo.gz")
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(shell("cat \(fifo) > \(directory("copy.gz")) &"))
        var writer = try ByteWriter(.file(fifo))
        try writer.write("text")
        try writer.flush()
        var reader = ByteReader(.file(directory("copy.gz")))
        var buffer = [UInt8](repeating: 0, count: 100)
        for _ in 0..<5000 where directory.bytes(of: "copy.gz")?.count ?? 0 < 16 { usleep(1000) }
        #expect(try reader.read(into: &buffer) == 4)
        try writer.finish()
        #expect(directory.names == ["copy.gz", "fifo.gz"])
    }

    @Test func specialFileIsWrittenDirectly() throws {
        try write("text", to: .file("/dev/null"))
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func fullDevice() {
        let text = message { () throws(FormatError) in try write("text", to: .file("/dev/full")) }
        #expect(text == "/dev/full: cannot write: No space left on device")
    }

    @Test func directoryAsOutput() {
        let path = directory.path
        let text = message { () throws(FormatError) in try write("text", to: .file(path)) }
        #expect(text == "\(path): is a directory; name a file to write")
    }

    @Test func missingParent() {
        let text = message { () throws(FormatError) in try write("text", to: .file("/no/such/out")) }
        #expect(text == "/no/such/out: cannot write: No such file or directory")
    }

    @Test func brokenPipeIsRecognisable() throws {
        signal(SIGPIPE, SIG_IGN)
        let fifo = directory("fifo")
        #expect(mkfifo(fifo, 0o600) == 0)
        let reader = open(fifo, O_RDONLY | O_NONBLOCK)
        var writer = try ByteWriter(.file(fifo))
        try writer.write("text")
        close(reader)
        var isBrokenPipe = false
        do throws(FormatError) { try writer.flush() } catch { isBrokenPipe = error.isBrokenPipe }
        #expect(isBrokenPipe)
        #expect(!FormatError(file: "x", problem: .file(.cannotWrite(errno: ENOSPC))).isBrokenPipe)
    }
}
