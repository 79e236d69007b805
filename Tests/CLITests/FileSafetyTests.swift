import Foundation
import StrandBytes
import TestSupport
import Testing

/// Nothing of the user's is lost: neither inputs, nor outputs of one another, nor what an interrupted run left.
@Suite struct FileSafetyTests {
    let directory = TemporaryDirectory()
    private let fasta = ">a\nMKVAAL\n>b\nACDEF\n"

    init() {
        _ = directory.write(Array(fasta.utf8), to: "in.fa")
        _ = directory.write(Array(">a\nMKVAAL\nCHHHEC\n".utf8), to: "true.ssfa")
        _ = directory.write(Array(#"{"id":"a","text":"l","strokes":[[[0,0],[0,9]]]}"#.utf8), to: "ink.jsonl")
        #expect(shell("cd \(directory.path) && ln -s in.fa link.fa && ln ink.jsonl hard.jsonl"))
    }

    private func run(_ arguments: [String], status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    /// Each command with an output that is an input or another output, and what it is told.
    static let clashes: [(command: String, error: String)] = [
        ("label in.fa -o in.fa", "in.fa: the output would replace the input 'in.fa'; name another file"),
        (
            "label --format bed in.fa -o link.fa",
            "link.fa: the output would replace the input 'in.fa'; name another file"
        ),
        (
            "label in.fa -o o --manifest ./in.fa",
            "./in.fa: the manifest would replace the input 'in.fa'; name another file"
        ),
        ("label in.fa -o o --manifest o", "o: is both the output and the manifest; name two files"),
        ("label in.fa --manifest -", "<stdout>: is both the output and the manifest; name two files"),
        (
            "label in.fa -o o --on-error skip --rejects link.fa",
            "link.fa: the log of rejects would replace the input 'in.fa'; name another file"
        ),
        (
            "label in.fa -o o --multiqc in.fa",
            "in.fa: the report for MultiQC would replace the input 'in.fa'; name another file"
        ),
        (
            "label --shard 0/2 in.fa -o o --manifest o.manifest.json",
            "o.manifest.json: is both the manifest and the manifest of the shard; name two files"
        ),
        ("label in.fa -o none/o", "none/o: cannot write: No such file or directory"),
        ("label in.fa -o o --manifest none/m", "none/m: cannot write: No such file or directory"),
        ("label in.fa -o o --multiqc .", ".: is a directory; name a file to write"),
        (
            "read ink.jsonl -o hard.jsonl",
            "hard.jsonl: the output would replace the input 'ink.jsonl'; name another file"
        ),
        ("read ink.jsonl -o o --plot o", "o: is both the output and the drawing; name two files"),
        (
            "read --lexicon in.fa ink.jsonl -o in.fa",
            "in.fa: the output would replace the input 'in.fa'; name another file"
        ),
        (
            "convert ink.jsonl -o hard.jsonl",
            "hard.jsonl: the output would replace the input 'ink.jsonl'; name another file"
        ),
        (
            "convert true.ssfa -o true.ssfa",
            "true.ssfa: the output would replace the input 'true.ssfa'; name another file"
        ),
        (
            "evaluate true.ssfa --json true.ssfa",
            "true.ssfa: the JSON would replace the input 'true.ssfa'; name another file"
        ),
        ("evaluate true.ssfa --json r --report r", "r: is both the JSON and the page; name two files"),
        ("evaluate true.ssfa --json - --markdown", "<stdout>: is both the table and the JSON; name two files"),
        ("evaluate true.ssfa --report none/r", "none/r: cannot write: No such file or directory"),
        (
            "score true.ssfa true.ssfa --report true.ssfa",
            "true.ssfa: the page would replace the input 'true.ssfa'; name another file"
        ),
        (
            "audit --train-set true.ssfa in.fa -o true.ssfa",
            "true.ssfa: the output would replace the input 'true.ssfa'; name another file"
        ),
        ("merge in.fa true.ssfa -o in.fa", "in.fa: the output would replace the input 'in.fa'; name another file"),
        ("inspect --gates in.fa -o in.fa", "in.fa: the drawing would replace the input 'in.fa'; name another file"),
        (
            "plot ink.jsonl -o hard.jsonl",
            "hard.jsonl: the output would replace the input 'ink.jsonl'; name another file"
        ),
        ("train text in.fa -o in.fa", "in.fa: the output would replace the input 'in.fa'; name another file"),
        (
            "train protein --train true.ssfa --validation true.ssfa -o m --log m",
            "m: is both the model and the log; name two files"
        ),
        (
            "train protein --train true.ssfa --validation true.ssfa -o m --checkpoint true.ssfa",
            "true.ssfa: the checkpoint would replace the input 'true.ssfa'; name another file"
        ),
        (
            "calibrate --model m true.ssfa -o true.ssfa",
            "true.ssfa: the output would replace the input 'true.ssfa'; name another file"
        ),
        ("demo context true.ssfa --json x --plot x", "x: is both the JSON and the drawing; name two files"),
    ]

    @Test(arguments: clashes.indices) func outputsThatWouldReplaceAFile(index: Int) throws {
        let (command, error) = Self.clashes[index]
        let before = directory.names
        let result = try run(command.split(separator: " ").map(String.init), status: 1)
        #expect(result.errors == "strand: error: \(error)\n" && result.output.isEmpty)
        #expect(directory.names == before && directory.bytes(of: "in.fa") == Array(fasta.utf8))
    }

    /// The shell opened the file before Strand could ask.
    @Test func standardStreamsAreFilesToo() throws {
        let error = "<stdout>: the output would replace the input 'in.fa'; name another file\n"
        #expect(shell("cd \(directory.path) && ! \(Command.path) label in.fa >> in.fa 2> err"))
        #expect(directory.bytes(of: "err") == Array("strand: error: \(error)".utf8))
        #expect(shell("cd \(directory.path) && ! \(Command.path) label - < in.fa -o in.fa 2> err"))
        #expect(directory.bytes(of: "in.fa") == Array(fasta.utf8))
    }

    // MARK: Resuming

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
        usleep(20_000)
        _ = directory.write(Array(">other\nMK\n".utf8), to: "in.fa")
        let newer = try run(["label", "--resume", "in.fa", "-o", "out.ss"], status: 1)
        #expect(
            newer.errors
                == "strand: error: out.ss: is whole, and 'in.fa' was changed after it was written; leave out --resume to make it anew\n"
        )
        #expect(directory.bytes(of: "out.ss") == bytes)
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
        #expect(try run(folder + ["--resume"]).errors.contains(" of an earlier run kept\n"))
        #expect(shell("cd \(directory.path) && diff -r whole part"))
        // Resuming what is whole labels nothing and changes nothing.
        #expect(try run(folder + ["--resume"]).errors == "strand: 300 records of an earlier run kept\n")
        #expect(shell("cd \(directory.path) && diff -r whole part && rm part/c200.ssfa"))
        // Files of some records, and no journal: they may be of another run.
        #expect(
            try run(folder + ["--resume"], status: 1).errors
                == "strand: error: part: holds files of the first 200 records, and nothing shows that an interrupted run wrote them; remove them or name another folder\n"
        )
    }
}
