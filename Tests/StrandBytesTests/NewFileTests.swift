import StrandBytes
import TestSupport
import Testing

/// Files that must not replace others, and created folders.
@Suite struct NewFileTests {
    let directory = TemporaryDirectory()

    private func write(_ name: String) -> String? {
        message { () throws(FormatError) in
            var writer = try ByteWriter(.newFile(directory(name)))
            try writer.write("new")
            try writer.finish()
        }
    }

    @Test func appearsWhole() throws {
        var writer = try ByteWriter(.newFile(directory("a")))
        try writer.write("new")
        try writer.flush()
        #expect(directory.bytes(of: "a") == nil)
        try writer.finish()
        #expect(directory.bytes(of: "a") == Array("new".utf8) && directory.names == ["a"])
    }

    @Test func compressed() throws {
        #expect(write("a.gz") == nil)
        #expect(try Gzip.decompress(#require(directory.bytes(of: "a.gz")), name: "a.gz") == Array("new".utf8))
    }

    @Test func replacesNothing() {
        _ = directory.write(Array("old".utf8), to: "a")
        #expect(
            write("a") == "\(directory("a")): exists already and is not replaced; remove it or name another folder")
        #expect(directory.bytes(of: "a") == Array("old".utf8) && directory.names == ["a"])
        #expect(write("none/a") == "\(directory("none/a")): cannot write: No such file or directory")
    }

    /// Another process may create the file in between.
    @Test func replacesNothingThatCameLater() throws {
        var writer = try ByteWriter(.newFile(directory("a")))
        try writer.write("new")
        _ = directory.write(Array("old".utf8), to: "a")
        do {
            try writer.finish()
            Issue.record("replaced")
        } catch {
            #expect(error.problem == .file(.outputExists))
        }
        #expect(directory.bytes(of: "a") == Array("old".utf8) && directory.names == ["a"])
    }

    @Test func foldersAreMade() throws {
        for path in ["x/y/z", "x/y/z/", "x", "w/"] { try Folder.make(at: directory(path)) }
        #expect(directory.names == ["w", "x"])
        _ = directory.write([], to: "file")
        #expect(
            message { () throws(FormatError) in try Folder.make(at: directory("file")) }
                == "\(directory("file")): cannot write: File exists")
        #expect(
            message { () throws(FormatError) in try Folder.make(at: directory("file/x")) }
                == "\(directory("file/x")): cannot write: Not a directory")
    }
}
