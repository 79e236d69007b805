import StrandBytes
import TestSupport
import Testing

/// The files of a run: nothing that is read, and nothing written, may be written over.
@Suite struct RunFilesTests {
    let directory = TemporaryDirectory()

    private func problem(
        reading inputs: [String] = ["in.fa"], _ outputs: (String?, String)...
    ) -> FileProblem? {
        func path(_ name: String) -> String { name.hasPrefix("/") || name == "-" ? name : directory(name) }
        do throws(FormatError) {
            try RunFiles.check(
                reading: inputs.map(path), writing: outputs.map { ($0.0.map(path), $0.1) })
        } catch { return error.problem.kind as? FileProblem }
        return nil
    }

    init() {
        _ = directory.write(Array(">a\nMK\n".utf8), to: "in.fa")
        #expect(
            shell(
                "cd \(directory.path) && ln -s in.fa soft && ln in.fa hard && ln -s . folder && mkdir sub "
                    + "&& ln -s sub/new dangling"))
    }

    @Test(arguments: ["in.fa", "soft", "hard", "folder/in.fa", "sub/../in.fa", "folder/soft"])
    func inputsAreNotReplaced(output: String) {
        #expect(problem((output, "output")) == .replacesInput(directory("in.fa"), role: "output"))
        #expect(problem(("out", "output"), (output, "log")) == .replacesInput(directory("in.fa"), role: "log"))
        // As one of the files of a folder too.
        #expect(problem(reading: ["/etc/hostname", "."], (output, "output")) != nil)
    }

    @Test(arguments: [
        ("out", "out"), ("out", "folder/out"), ("dangling", "sub/new"), ("dangling", "folder/dangling"), ("-", "-"),
    ])
    func outputsAreNotShared(first: String, second: String) {
        #expect(problem((first, "output"), (second, "manifest")) == .sameOutput("manifest", "output"))
        #expect(problem((first, "output"), (nil, "manifest"), (directory("other"), "log")) == nil)
    }

    @Test func differentFilesAndDevicesPass() {
        #expect(problem(("out", "output"), ("sub/out", "log"), ("-", "report")) == nil)
        #expect(problem(reading: ["/dev/null", "-"], ("/dev/null", "output"), ("/dev/null", "log")) == nil)
        #expect(directory.names == ["dangling", "folder", "hard", "in.fa", "soft", "sub"])
    }

    @Test func streamsAreReadOnce() {
        #expect(shell("mkfifo \(directory("pipe"))"))
        #expect(problem(reading: ["-", "in.fa", "-"]) == .readTwice)
        #expect(problem(reading: ["pipe", "pipe"]) == .readTwice)
        #expect(problem(reading: ["in.fa", "in.fa", "pipe", "/dev/null", "/dev/null"]) == nil)
        #expect(FileProblem.readTwice.description == "is given more than once, and can be read once")
    }

    @Test func whatCannotBeWrittenIsFound() {
        #expect(problem(("none/out", "output")) == .cannotWrite(errno: 2))
        #expect(problem(("out", "output"), ("in.fa/log", "log")) == .cannotWrite(errno: 20))
        #expect(problem(("sub", "output")) == .outputIsDirectory)
    }

    @Test func messages() {
        let shown = [
            FileProblem.replacesInput("in.fa", role: "manifest"), .sameOutput("log", "output"),
            .unfinishedRun(records: 1, leftovers: []), .olderThanInput("in.fa"),
        ].map(\.description)
        #expect(
            shown == [
                "the manifest would replace the input 'in.fa'; name another file",
                "is both the output and the log; name two files",
                "an interrupted run left 1 complete record of this output",
                "is whole, and 'in.fa' was changed after it was written",
            ])
    }
}
