import Foundation
import Glibc
import StrandBytes
import TestSupport
import Testing

/// Interrupted runs are resumed, whole outputs are known again, and nothing else is taken for either.
@Suite struct ResumingTests {
    let directory = TemporaryDirectory()

    init() {
        _ = directory.write(Array(">a\nMKVAAL\n>b\nACDEF\n".utf8), to: "in.fa")
        _ = directory.write(Array(#"{"id":"a","text":"l","strokes":[[[0,0],[0,9]]]}"#.utf8), to: "ink.jsonl")
    }

    private func run(_ arguments: [String], status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    /// A run that was killed after some checkpoints.
    private func interrupt(_ output: String) throws {
        let chains = (0..<600).map { ">c\($0)\n\(String(repeating: "MKVAALGDEW", count: 30))\n" }.joined()
        _ = directory.write(Array(chains.utf8), to: "long.fa")
        let command = try Command(["label", "--threads", "1", "long.fa", "-o", output], in: directory.path)
        while (directory.bytes(of: ".\(output).journal") ?? []).split(separator: UInt8(ascii: "\n")).count < 3 {
            usleep(1000)
        }
        command.kill()
        #expect(command.wait().status == SIGKILL, "the run ended before it was killed: make it longer")
    }

    @Test func whatAnInterruptedRunLeftIsKept() throws {
        try interrupt("out.ss")
        let partial = directory.bytes(of: ".out.ss.partial")
        for options in [[], ["--states", "8"]] {
            let refused = try run(["label", "long.fa", "-o", "out.ss"] + options, status: 1).errors
            let pattern =
                /strand: error: out.ss: an interrupted run left \d+ complete records of this output; go on with the same command and --resume, or remove '.out.ss.partial' and '.out.ss.journal' to start anew\n/
            #expect(refused.wholeMatch(of: pattern) != nil, "\(refused)")
        }
        let other = try run(["label", "--resume", "--states", "8", "long.fa", "-o", "out.ss"], status: 1).errors
        #expect(
            other
                == "strand: error: out.ss: the interrupted run had another model, other options or another input; give what that run was given, or remove '.out.ss.partial' and '.out.ss.journal' to start anew\n"
        )
        #expect(directory.bytes(of: ".out.ss.partial") == partial)
        let resumed = try run(["label", "--resume", "long.fa", "-o", "out.ss", "--manifest", "m.json"])
        #expect(resumed.errors.contains(" of an earlier run kept\n"))
        // The hash is that of the whole output.
        let manifest = try JSONSerialization.jsonObject(with: Data(directory.bytes(of: "m.json") ?? []))
        #expect(
            (manifest as? [String: Any])?["outputSHA256"] as? String
                == (try SHA256.hexDigest(ofFile: directory("out.ss"))))
        // With nothing left to resume a new run may replace the output.
        #expect(try run(["label", "in.fa", "-o", "out.ss"]).errors.isEmpty)
    }

    @Test func aWholeOutputHasNothingToResume() throws {
        _ = try run(["label", "--resume", "in.fa", "-o", "out.ss"])
        let bytes = directory.bytes(of: "out.ss")
        let again = try run(["label", "--resume", "in.fa", "-o", "out.ss"])
        #expect(again.errors == "strand: out.ss: whole already, nothing to resume\n")
        let other = try run(["label", "--resume", "--states", "8", "in.fa", "-o", "out.ss"], status: 1)
        #expect(
            other.errors
                == "strand: error: out.ss: was made with another model, other options or another input, or changed since; leave out --resume to make it anew\n"
        )
        // What is to lie beside it is made with it.
        let beside = try run(["label", "--resume", "in.fa", "-o", "out.ss", "--manifest", "m.json"])
        #expect(beside.errors == "strand: out.ss: whole already, made anew with m.json\n")
        #expect(directory.names.contains("m.json"))
        // Nor is a file that was changed what the run wrote.
        #expect(shell("cd \(directory.path) && cp -a out.ss cut.ss && truncate -s 5 out.ss"))
        let cut = try run(["label", "--resume", "in.fa", "-o", "out.ss"], status: 1)
        #expect(cut.errors == other.errors)
        #expect(shell("cd \(directory.path) && mv cut.ss out.ss"))
        // A copy without the note, and a file that is no output.
        _ = directory.write(bytes ?? [], to: "copy.ss")
        #expect(
            try run(["label", "--resume", "in.fa", "-o", "copy.ss"]).errors
                == "strand: copy.ss: whole already, nothing to resume, though nothing tells what it was made with; leave out --resume to make it anew\n"
        )
        _ = directory.write([], to: "empty.ss")
        _ = try run(["label", "--resume", "in.fa", "-o", "empty.ss"])
        #expect(directory.bytes(of: "empty.ss") == bytes)
        usleep(20_000)
        _ = directory.write(Array(">other\nMK\n".utf8), to: "in.fa")
        let newer = try run(["label", "--resume", "in.fa", "-o", "out.ss"], status: 1)
        #expect(
            newer.errors
                == "strand: error: out.ss: is whole, and 'in.fa' was changed after it was written; leave out --resume to make it anew\n"
        )
        #expect(directory.bytes(of: "out.ss") == bytes)
    }

    /// What cannot be used of an earlier run is said.
    @Test func damagedLeftovers() throws {
        try interrupt("out.ss")
        #expect(shell("cd \(directory.path) && cp .out.ss.journal kept && truncate -s 0 .out.ss.partial"))
        let cut = try run(["label", "--resume", "--threads", "1", "long.fa", "-o", "out.ss"])
        #expect(cut.errors.hasPrefix("strand: out.ss: what an interrupted run left is damaged, starting anew\n"))
        let whole = directory.bytes(of: "out.ss")
        try interrupt("again.ss")
        #expect(shell("cd \(directory.path) && printf 'x' > .again.ss.journal"))
        let lost = try run(["label", "--resume", "--threads", "1", "long.fa", "-o", "again.ss"])
        #expect(lost.errors.hasPrefix("strand: again.ss: what an interrupted run left is damaged, starting anew\n"))
        #expect(directory.bytes(of: "again.ss") == whole && whole?.isEmpty == false)
    }

    /// What an earlier run left stays if the next one fails.
    @Test func aFailedRunLosesNothing() throws {
        try interrupt("out.ss")
        let partial = directory.bytes(of: ".out.ss.partial")
        let identity = try #require(directory.bytes(of: ".out.ss.journal")).split(separator: UInt8(ascii: "\n"))[0]
        // The same work, as far as names tell, of which nothing can be read.
        var settings = stat()
        #expect(stat(directory("long.fa"), &settings) == 0)
        let size = Int(settings.st_size)
        #expect(
            shell(
                "cd \(directory.path) && cp -p long.fa kept.fa && head -c \(size) /dev/zero | tr '\\0' '1' > new && touch -r long.fa new && cat new > long.fa && touch -r new long.fa"
            ))
        let failed = try run(["label", "--resume", "--threads", "1", "long.fa", "-o", "out.ss"], status: 1)
        #expect(failed.errors.contains("long.fa"), "\(failed.errors)")
        #expect(directory.bytes(of: ".out.ss.journal")?.starts(with: identity) == true)
        #expect((directory.bytes(of: ".out.ss.partial")?.count ?? 0) > 0 && partial?.isEmpty == false)
        #expect(shell("cd \(directory.path) && cat kept.fa > long.fa && touch -r kept.fa long.fa"))
        #expect(try run(["label", "--resume", "--threads", "1", "long.fa", "-o", "out.ss"]).errors.contains(" kept\n"))
    }

    @Test(arguments: [["label", "-"], ["label", "in.fa", "/dev/stdin"], ["read", "-"]])
    func streamsCannotBeResumed(command: [String]) throws {
        let result = try run(command + ["--resume", "-o", "out"], status: 64)
        #expect(result.errors.hasPrefix("Error: '--resume' needs files: what comes through '"))
    }

    @Test(arguments: [["label", "in.fa"], ["read", "ink.jsonl"], ["label", "in.fa", "-o", "/dev/null"]])
    func standardOutputCannotBeResumed(command: [String]) throws {
        let result = try run(command + ["--resume"], status: 64)
        #expect(
            result.errors.hasPrefix(
                "Error: '--resume' needs a file as '--output': what went to standard output, a pipe or a device is gone\n"
            ))
    }

    @Test func foldersAreResumed() throws {
        let chains = (0..<300).map { ">c\($0)\n\(String(repeating: "MKVAALGDEW", count: 20))\n" }.joined()
        _ = directory.write(Array(chains.utf8), to: "long.fa")
        _ = try run(["label", "long.fa", "--output-dir", "whole"])
        let folder = ["label", "--threads", "1", "long.fa", "--output-dir", "part"]
        let command = try Command(folder, in: directory.path)
        directory.wait(for: "part/c3.ssfa")
        command.kill()
        #expect(command.wait().status == SIGKILL)
        let refused = try run(folder, status: 1).errors
        #expect(
            refused.hasPrefix("strand: error: part: an interrupted run left ")
                && refused.contains(" and --resume, or remove 'part/.strand-"))
        // A run that is killed while it writes a file leaves that under a hidden name.
        #expect(try run(folder + ["--resume"]).errors.contains(" of an earlier run kept\n"))
        #expect(shell("cd \(directory.path) && diff -r -x '.*.tmp-*' whole part"))
        // Resuming what is whole labels nothing and changes nothing.
        #expect(try run(folder + ["--resume"]).errors == "strand: 300 records of an earlier run kept\n")
        #expect(
            try run(folder + ["--resume", "--states", "8"], status: 1).errors.hasSuffix(
                "c0.ssfa: exists already and is not replaced; remove it or name another folder\n"))
        #expect(shell("cd \(directory.path) && diff -r -x '.*.tmp-*' whole part && rm part/c200.ssfa"))
        // A file that was taken away is made anew.
        #expect(try run(folder + ["--resume"]).errors.contains("299 records of an earlier run kept\n"))
        #expect(shell("cd \(directory.path) && diff -r -x '.*.tmp-*' whole part"))
        // Files of some records, and nothing that tells of a run: they may be of another.
        #expect(shell("cd \(directory.path) && rm -r part && cp -r whole part && rm part/c200.ssfa"))
        #expect(
            try run(folder + ["--resume"], status: 1).errors
                == "strand: error: part: holds files of the first 200 records, and nothing shows that an interrupted run wrote them; remove them or name another folder\n"
        )
    }
}
