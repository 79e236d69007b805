import Foundation
import StrandBytes
import TestSupport
import Testing

@Suite(.enabled(if: shell("python3 -c 'import zipfile'"), "needs Python"))
struct ZipArchiveTests {
    let directory = TemporaryDirectory()

    /// An archive made by Python's `zipfile`.
    private func archive(_ script: String, name: String = "a.zip") throws -> ByteSource {
        let program = "import zipfile,io,sys\n" + script
        let path = directory.write(Array(program.utf8), to: "make.py")
        try #require(shell("cd \(directory.path) && python3 \(path) \(name)"))
        return .file(directory(name))
    }

    private func text(_ entry: String, in source: ByteSource, chunkSize: Int = 100) -> String {
        do throws(FormatError) {
            var reader = try ZipArchive.open(entry, in: ByteReader(source, chunkSize: chunkSize))
            return String(decoding: try reader.readAll(limit: 1 << 24) ?? [], as: UTF8.self)
        } catch {
            return "\(error.problem)"
        }
    }

    @Test func storedAndDeflatedFiles() throws {
        let source = try archive(
            """
            z = zipfile.ZipFile(sys.argv[1], 'w')
            z.writestr('mimetype', 'x', zipfile.ZIP_STORED)
            z.writestr('empty', '', zipfile.ZIP_STORED)
            z.writestr('a/long', 'ab' * 100000, zipfile.ZIP_DEFLATED)
            z.writestr('last', 'the end', zipfile.ZIP_DEFLATED)
            z.close()
            """)
        #expect(text("mimetype", in: source) == "x" && text("empty", in: source).isEmpty)
        #expect(text("a/long", in: source) == String(repeating: "ab", count: 100_000))
        #expect(text("last", in: source) == "the end")
        #expect(
            text("none", in: source)
                == "a zip archive without a file 'none' that can be read; unpack it first")
    }

    /// A fault in the last bytes of an archive that is cut behind them is met however many are read at a time.
    @Test func faultAtTheEnd() throws {
        let bytes = try #require(
            Data(
                base64Encoded:
                    "UEsDBBQAAAAAAAAAIQCMBNIQFQAAABUAAAAIAAAAbWltZXR5cGVhcHBsaWNhdGlvbi94b3VybmFsKytQSwMEFAAAAAgAAAAhAINw/IM2AAAAXwAA"
                    + "AAsAAABjb250ZW50LnhtbLOpyC8tykvMsbMpSExPtbPJSaxMLbKzKS4pys9OtTNUMFIwVjC10YfycYrrQ/XpQ0zRQZkKAA=="
            ))
        for chunkSize in [1, 7, 1 << 16] {
            #expect(
                text("content.xml", in: .memory(Array(bytes), name: "x"), chunkSize: chunkSize)
                    == "corrupt zip data (it cannot be inflated); fetch or pack the file again")
        }
    }

    /// As Java writes them: lengths behind the files.
    @Test func filesOfUnknownLength() throws {
        let source = try archive(
            """
            class Pipe(io.RawIOBase):
                def __init__(self, file): self.file = file
                def writable(self): return True
                def write(self, data): return self.file.write(data)
            with open(sys.argv[1], 'wb') as file:
                z = zipfile.ZipFile(Pipe(file), 'w', zipfile.ZIP_DEFLATED)
                z.writestr('first', 'one' * 50000)
                z.writestr('second', 'two')
                z.close()
            """)
        #expect(text("second", in: source) == "two")
        #expect(text("first", in: source).count == 150_000)
    }

    @Test func damage() throws {
        let source = try archive(
            "z = zipfile.ZipFile(sys.argv[1], 'w')\nz.writestr('a', 'some text', zipfile.ZIP_STORED)\nz.close()\n")
        guard case .file(let path) = source else { return }
        var bytes = Array(try #require(FileManager.default.contents(atPath: path)))
        #expect(
            text("a", in: memory(Array(bytes.prefix(36)))) == "zip data end too early; fetch or pack the file again")
        bytes[33] ^= 1
        #expect(
            text("a", in: memory(bytes)) == "corrupt zip data (incorrect checksum); fetch or pack the file again")
    }
}
