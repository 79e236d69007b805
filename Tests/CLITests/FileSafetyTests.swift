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
        ("label in.fa --manifest /dev/stdout", "/dev/stdout: is both the output and the manifest; name two files"),
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
        ("export in.fa -o link.fa", "link.fa: the output would replace the input 'in.fa'; name another file"),
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

    /// What the process has open is written as it is: a pipe, or a file at its end.
    @Test func descriptorsAreWrittenInPlace() throws {
        let labels = try run(["label", "in.fa"]).output
        #expect(
            shell(
                "cd \(directory.path) && \(Command.path) label in.fa -o /dev/stdout | cat > piped && echo kept > log "
                    + "&& \(Command.path) label in.fa -o /dev/fd/1 >> log && \(Command.path) label in.fa -o /dev/fd/3 3> third"
            ))
        #expect(directory.bytes(of: "piped") == Array(labels) && directory.bytes(of: "third") == Array(labels))
        #expect(directory.bytes(of: "log") == Array("kept\n".utf8) + Array(labels))
    }

    /// What stands beside an output without being named is replaced only if a run wrote it.
    @Test(arguments: [
        ("--on-error skip", "o.rejects.tsv", "a log of rejects"), ("--shard 0/2", "o.manifest.json", "a manifest"),
    ])
    func filesBesideTheOutput(options: String, name: String, what: String) throws {
        let command = "label \(options) in.fa -o o".split(separator: " ").map(String.init)
        _ = directory.write(Array("mine\n".utf8), to: name)
        let refused = try run(command, status: 1)
        #expect(refused.errors == "strand: error: \(name): exists and is not \(what); name another file\n")
        #expect(directory.bytes(of: name) == Array("mine\n".utf8) && !directory.names.contains("o"))
        try FileManager.default.removeItem(atPath: directory(name))
        _ = try run(command)
        _ = try run(command)
    }

    /// The file of a record may have any name that an id gives.
    @Test func filesAmongThoseOfRecords() throws {
        let command = ["label", "--format", "ss2", "in.fa", "--output-dir", "folder", "--manifest"]
        _ = try run(command + ["m.json"])
        let refused = try run(command + ["folder/a.ss2"], status: 1)
        #expect(
            refused.errors
                == "strand: error: folder/a.ss2: the manifest could be a record's file; name one outside the folder of records\n"
        )
        _ = try run(["label", "--format", "ss2", "true.ssfa", "--output-dir", "other", "--manifest", "m.json"])
    }

    /// Others leave alone what is being written, and what can be resumed.
    @Test func outputsOfUnfinishedRuns() throws {
        _ = directory.write(Array("label\n1 9\n".utf8), to: ".o.journal")
        let refused = try run(["convert", "--to", "inkml", "ink.jsonl", "-o", "o"], status: 1)
        #expect(
            refused.errors.hasPrefix("strand: error: o: an interrupted run left 1 complete record of this output; "))
        #expect(!directory.names.contains("o"))
    }
}
