import Foundation
import StrandBytes
import TestSupport
import Testing

/// Shards, resumption, rejects and folders of `strand read`.
@Suite struct ReadPipelineTests {
    let directory = TemporaryDirectory()
    private let example = TestFiles.path("data/examples/handwriting.jsonl.gz")

    /// The ink lines of the example.
    private func lines() throws -> [String] {
        let bytes = Array(try #require(FileManager.default.contents(atPath: example)))
        return String(decoding: try Gzip.decompress(bytes, name: "example"), as: UTF8.self).split(separator: "\n")
            .map(String.init)
    }

    /// Ink of this many samples.
    private func write(_ count: Int) throws {
        let lines = try lines()
        let text = (0..<count).map { lines[$0 % lines.count] + "\n" }.joined()
        _ = directory.write(Array(text.utf8), to: "in.jsonl")
    }

    @discardableResult
    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(result.errors)")
        return result
    }

    @Test(arguments: ["tsv", "jsonl"])
    func mergedShardsAreTheWhole(format: String) throws {
        try write(11)
        try run("read", "--n-best", "2", "in.jsonl", "--format", format, "-o", "whole")
        for index in 0..<3 {
            try run(
                "read", "--n-best", "2", "--threads", "\(1 + index % 2)", "--shard", "\(index)/3", "in.jsonl",
                "--format", format, "-o", "p\(index)")
        }
        try run("merge", "p0", "p1", "p2", "-o", "merged")
        #expect(directory.bytes(of: "merged") == directory.bytes(of: "whole"))
    }

    @Test(arguments: ["out.jsonl", "out.jsonl.gz"])
    func killedRunsGoOn(name: String) throws {
        try write(900)
        try run("read", "in.jsonl", "--format", "jsonl", "-o", "whole\(name)")
        var generator = SplitMix64(seed: UInt64(name.count))
        for _ in 0..<3 {
            let command = try Command(
                ["read", "--resume", "--format", "jsonl", "in.jsonl", "-o", name], in: directory.path)
            Thread.sleep(forTimeInterval: Double.random(in: 0.05...1, using: &generator))
            command.kill()
            _ = command.wait()
            if directory.bytes(of: name) != nil { break }
        }
        try run("read", "--resume", "--format", "jsonl", "in.jsonl", "-o", name)
        #expect(directory.bytes(of: name) == directory.bytes(of: "whole\(name)"))
        #expect(directory.names == ["in.jsonl", name, "whole\(name)"].sorted())
    }

    @Test func anotherDecodingIsAnotherRun() throws {
        try write(3000)
        let command = try Command(["read", "in.jsonl", "-o", "out.txt"], in: directory.path)
        // The work, no record yet, and a checkpoint.
        while (directory.bytes(of: ".out.txt.journal") ?? []).count(where: { $0 == UInt8(ascii: "\n") }) < 3 {
            usleep(1000)
        }
        command.interrupt()
        #expect(command.wait().status == 130)
        for options in [["--lm"], ["--only", "abc"], ["--lexicon", "in.jsonl"], ["--format", "tsv"]] {
            let other = try Command(["read", "--resume", "in.jsonl", "-o", "out.txt"] + options, in: directory.path)
                .wait()
            #expect(other.status == 1 && other.errors.contains("the interrupted run had another model"))
        }
        try run("read", "--resume", "in.jsonl", "-o", "out.txt")
        #expect(directory.names == ["in.jsonl", "out.txt"])
    }

    @Test func faultySamplesAreSkippedAndNoted() throws {
        let lines = try lines()
        let text = [lines[0], "{\"id\":\"x\"}", "{\"strokes\":[[[1]]]}", lines[1], "", "[]", lines[2]]
        _ = directory.write(Array(text.joined(separator: "\n").utf8), to: "in.jsonl")
        let stopped = try run("read", "in.jsonl", status: 1)
        #expect(stopped.text.split(separator: "\n").count == 1)  // What stands before the fault is read.
        let result = try run(
            "read", "--on-error", "skip", "in.jsonl", "-o", "out.txt", "--manifest", "m.json", "--multiqc",
            "q_mqc.json", status: 3)
        #expect(result.errors == "strand: 3 samples left out\n")
        let rejects = String(decoding: directory.bytes(of: "out.txt.rejects.tsv") ?? [], as: UTF8.self)
        #expect(
            rejects == """
                file\tline\trecord\treason
                in.jsonl\t2\tx\tno member "strokes"; is this ink?
                in.jsonl\t3\t\tx and y of a point expected at column 17; fix or remove the line
                in.jsonl\t6\t\tan object expected at column 1; fix or remove the line

                """)
        let manifest = String(decoding: directory.bytes(of: "m.json") ?? [], as: UTF8.self)
        #expect(manifest.contains("\"records\" : 3,") && manifest.contains("\"decoding\" : \"most probable path\""))
        #expect(String(decoding: directory.bytes(of: "q_mqc.json") ?? [], as: UTF8.self).contains("\"points\" : "))
    }

    /// A notebook without ink, one that was cut and one with a faulty stroke do not cost the others.
    @Test func unreadableFilesAmongOthersAreSkipped() throws {
        func write(_ name: String, _ page: String, cut count: Int = 0) {
            let bytes = Gzip.compress(Array("<xournal><page>\(page)</page>\n</xournal>".utf8))
            _ = directory.write(Array(bytes.dropLast(count)), to: name)
        }
        let ink = "<stroke>0 0 0 40</stroke>"
        write("good.xopp", ink)
        write("typed.xopp", "<text>typed</text>")
        write("cut.xopp", ink, cut: 12)
        write("nan.xopp", ink + "\n<stroke>1 nan</stroke>")
        #expect(
            try run("read", "good.xopp", "nan.xopp", status: 1).errors
                == "strand: error: nan.xopp:2 (unpacked): record nan-1: 'nan' is not a number; fix or remove it\n")
        let result = try run(
            "read", "--on-error", "skip", "--format", "tsv", "-o", "out.tsv", "good.xopp", "typed.xopp", "cut.xopp",
            "nan.xopp", "good.xopp", status: 3)
        #expect(result.errors.hasSuffix("strand: a part of a sample, the rest of 2 files left out\n"))
        let rows = String(decoding: try #require(directory.bytes(of: "out.tsv")), as: UTF8.self).split(separator: "\n")
        #expect(rows.map { $0.split(separator: "\t")[0] } == ["id", "good-1", "nan-1", "good-1"])
        #expect(
            String(decoding: directory.bytes(of: "out.tsv.rejects.tsv") ?? [], as: UTF8.self) == """
                file\tline\trecord\treason
                typed.xopp\t\t\tno ink; a document with strokes is expected
                cut.xopp\t\t\tgzip data end too early; fetch or compress the file again
                nan.xopp\t2\tnan-1\t'nan' is not a number; fix or remove it (line of the unpacked file)

                """)
        // A single file that cannot be read, and one that is not there, are errors under every policy.
        #expect(try run("read", "--on-error", "skip", "typed.xopp", status: 1).errors.contains("no ink"))
        #expect(try run("read", "--on-error", "skip", "good.xopp", "none", status: 1).errors.contains("no such file"))
    }

    @Test func unipenSegmentsWithoutTheirInkAreSkipped() throws {
        let pen = ".COORD X Y\n.PEN_DOWN\n1 1\n9 9\n.PEN_UP\n.PEN_DOWN\n1 9\n9 1\n.PEN_UP\n"
        let segments = ".SEGMENT WORD 0 OK \"a\"\n.SEGMENT WORD 7 OK \"b\"\n.SEGMENT WORD 1 OK \"c\"\n"
        _ = directory.write(Array((pen + segments).utf8), to: "in.dat")
        #expect(try run("read", "in.dat", status: 1).errors.contains("segment WORD 7 names component 7"))
        let result = try run("read", "--on-error", "skip", "--format", "tsv", "in.dat", status: 3)
        let ids = result.text.split(separator: "\n").map { $0.split(separator: "\t")[0] }
        #expect(ids == ["id", "in-1", "in-3"])
    }

    @Test func aFileASample() throws {
        try write(7)
        #expect(
            try run("read", "in.jsonl", "--output-dir", "out").errors
                == "strand: 1 sample with the id of one before: kept\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory("out")).sorted()
        #expect(names.count == 7 && names.contains("upright-1.txt") && names.contains("upright-1.2.txt"))
        #expect(directory.bytes(of: "out/upright-1.txt") == directory.bytes(of: "out/upright-1.2.txt"))
        #expect(try run("read", "in.jsonl", "--output-dir", "out", status: 1).errors.contains("exists already"))
    }

    /// With slow input, each text is written soon.
    @Test func samplesOfASlowPipeAreNotKeptWaiting() throws {
        let lines = try lines()
        let pipe = directory("slow.jsonl")
        try #require(mkfifo(pipe, 0o600) == 0)
        let command = try Command(["read", "--format", "tsv", pipe])
        let writer = try #require(FileHandle(forWritingAtPath: pipe))
        try writer.write(contentsOf: Data((lines[0] + "\n").utf8))
        #expect(String(decoding: command.nextOutput(), as: UTF8.self).contains("\nupright-1\t1\t"))
        try writer.write(contentsOf: Data((lines[1] + "\n").utf8))
        try writer.close()
        let result = command.wait()
        #expect(result.status == 0 && result.text.contains("upright-2\t1\t"))
    }

    @Test(arguments: [
        ["--plot", "x.svg", "--resume"], ["--output-dir", "x", "-o", "y"], ["--output-dir", "x", "--shard", "0/2"],
        ["--rejects", "x"],
    ])
    func wrongUsageIsStatus64(options: [String]) throws {
        #expect(try Command(["read"] + options + [example]).wait().status == 64)
    }
}
