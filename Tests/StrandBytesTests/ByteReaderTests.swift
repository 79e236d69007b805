import Glibc
import StrandBytes
import TestSupport
import Testing

@Suite struct ByteReaderTests {
    @Test(arguments: [1, 2, 3, 7, 1000])
    func plainBytesPassThrough(chunkSize: Int) throws {
        let bytes = (0..<2500).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try readBytes(memory(bytes), chunkSize: chunkSize) == bytes)
        let directory = TemporaryDirectory()
        let path = directory.write(bytes, to: "plain")
        #expect(try readBytes(.file(path), chunkSize: chunkSize) == bytes)
    }

    @Test(arguments: [[], [0x1F], [0x1F, 0x8C], [0x8B, 0x1F]] as [[UInt8]])
    func shortInputsArePlain(bytes: [UInt8]) throws {
        #expect(try readBytes(memory(bytes)) == bytes)
    }

    /// A socket or another program's buffer is read as a file is, gzip too; the end is asked for once.
    @Test(arguments: [false, true]) func otherStreams(isCompressed: Bool) throws {
        let text = Array(">a\nMKV\n>b\nWY\n".utf8)
        var rest = (isCompressed ? Gzip.compress(text) : text)[...]
        var ends = 0
        let stream: ByteStream = { limit in
            let piece = rest.prefix(min(limit, 3))
            rest = rest.dropFirst(piece.count)
            if piece.isEmpty { ends += 1 }
            return Array(piece)
        }
        var lines = LineReader(ByteReader(stream, name: "socket"))
        var found: [String] = []
        while let line = try lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
        #expect(found == [">a", "MKV", ">b", "WY"] && ends == 1 && lines.name == "socket")
    }

    @Test func readsBehindAnOffset() throws {
        var reader = ByteReader(memory("abc"))
        var buffer = Array("....".utf8)
        #expect(try reader.read(into: &buffer, at: 2) == 2)
        #expect(buffer == Array("..ab".utf8))
    }

    @Test func readsAPipeThatDripsGzip() throws {
        let directory = TemporaryDirectory()
        let fifo = directory("fifo")
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(shell("(printf '\\037'; sleep 0.1; printf 'abc' | gzip -c | tail -c +2) > \(fifo) &"))
        #expect(try readBytes(.file(fifo)) == Array("abc".utf8))
    }

    @Test func makingAReaderDoesNoIO() {
        _ = ByteReader(.file("/no/such/file"))
    }

    @Test func missingFile() {
        #expect(
            message { () throws(FormatError) in _ = try readBytes(.file("/no/such.fa")) }
                == "/no/such.fa: no such file; check the path")
    }

    @Test func directory() {
        #expect(
            message { () throws(FormatError) in _ = try readBytes(.file("/tmp")) }
                == "/tmp: is a directory; name a file")
    }

    @Test func errnoText() {
        let error = #expect(throws: FormatError.self) { try readBytes(.file("/dev/null/x")) }
        #expect(error?.description == "/dev/null/x: cannot read: Not a directory")
    }

    @Test func argumentsNameSourcesAndDestinations() {
        #expect(ByteSource(argument: "-") == .standardInput)
        #expect(ByteSource(argument: "a.fa") == .file("a.fa"))
        #expect(ByteSource.standardInput.name == "<stdin>")
        #expect(ByteDestination(argument: "-") == .standardOutput)
        #expect(ByteDestination(argument: "a.fa") == .file("a.fa"))
        #expect(ByteDestination.standardOutput.name == "<stdout>")
    }
}
