import Foundation
import StrandBytes
import TestSupport
import Testing

/// Shards, resumption, rejects and manifests of `strand label`.
@Suite struct PipelineTests {
    let directory = TemporaryDirectory()

    /// Chains of random residues; the ids of some repeat.
    private func write(_ count: Int, lengths: ClosedRange<Int> = 5...60, to name: String = "in.fa") {
        var generator = SplitMix64(seed: 31)
        let text = (0..<count).map { index in
            let residues = (0..<Int.random(in: lengths, using: &generator)).map { _ in
                "ACDEFGHIKLMNPQRSTVWY".randomElement(using: &generator)!
            }
            return ">c\(index % 40) chain\n\(String(residues))\n"
        }.joined()
        _ = directory.write(Array(text.utf8), to: name)
    }

    @discardableResult
    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(result.errors)")
        return result
    }

    @Test(arguments: ["fasta", "tsv", "jsonl", "blocks"])
    func mergedShardsAreTheWhole(format: String) throws {
        write(23)
        try run("label", "in.fa", "--format", format, "-o", "whole")
        for count in [1, 2, 5, 30] {
            let names = (0..<count).map { "part\($0)" }
            for (index, name) in names.enumerated() {
                let threads = "\(1 + index % 2)"
                try run(
                    "label", "--threads", threads, "--shard", "\(index)/\(count)", "in.fa", "--format", format, "-o",
                    name)
            }
            _ = try Command(["merge"] + names + ["-o", "merged"], in: directory.path).wait()
            #expect(directory.bytes(of: "merged") == directory.bytes(of: "whole"), "\(count) shards")
        }
    }

    @Test func shardsThatAreNone() throws {
        write(2)
        for shard in ["3/3", "1", "a/b", "-1/2", "0/0"] {
            #expect(try Command(["label", "--shard=\(shard)", "in.fa"], in: directory.path).wait().status == 64)
        }
    }

    /// Runs killed at random moments, then one that ends: the same bytes as without interruption.
    @Test(arguments: ["out.ss", "out.ss.gz"])
    func killedRunsGoOn(name: String) throws {
        write(600, lengths: 50...400)
        try run("label", "in.fa", "-o", "whole\(name)")
        var generator = SplitMix64(seed: UInt64(name.count))
        var kills = Int(ProcessInfo.processInfo.environment["STRAND_KILLS"] ?? "") ?? 4
        while kills > 0 {
            let command = try Command(["label", "--resume", "in.fa", "-o", name], in: directory.path)
            Thread.sleep(forTimeInterval: Double.random(in: 0.05...1.2, using: &generator))
            command.kill()
            if command.wait().status != 0 { kills -= 1 }
            // After a run that completed, check it and start again.
            guard let bytes = directory.bytes(of: name) else { continue }
            #expect(bytes == directory.bytes(of: "whole\(name)"))
            try FileManager.default.removeItem(atPath: directory(name))
        }
        try run("label", "--resume", "in.fa", "-o", name)
        #expect(directory.bytes(of: name) == directory.bytes(of: "whole\(name)"))
        #expect(directory.names == ["in.fa", name, "whole\(name)"].sorted())
    }

    @Test func interruptionLeavesWhatCanBeTakenUp() throws {
        write(600, lengths: 50...400)
        let command = try Command(["label", "--threads", "1", "in.fa", "-o", "out.ss"], in: directory.path)
        while (directory.bytes(of: ".out.ss.journal") ?? []).count(where: { $0 == UInt8(ascii: "\n") }) < 3 {
            usleep(1000)
        }
        command.interrupt()
        let result = command.wait()
        #expect(result.status == 130 && result.errors.contains("the same command with --resume goes on"))
        #expect(directory.names == [".out.ss.journal", ".out.ss.partial", "in.fa"])
        let other = try run("label", "--resume", "--states", "8", "in.fa", "-o", "out.ss", status: 1)
        #expect(other.errors.contains("the interrupted run had another model, other options or another input"))
        try run("label", "--resume", "in.fa", "-o", "out.ss")
        try run("label", "in.fa", "-o", "whole.ss")
        #expect(directory.bytes(of: "out.ss") == directory.bytes(of: "whole.ss"))
    }

    @Test func twoRunsIntoOneOutputAreRefused() throws {
        write(600, lengths: 50...400)
        let first = try Command(["label", "in.fa", "-o", "out.ss"], in: directory.path)
        directory.wait(for: ".out.ss.partial")
        let second = try run("label", "in.fa", "-o", "out.ss", status: 1)
        #expect(
            second.errors
                == "strand: error: out.ss: another run writes this output; wait for it, or name another output\n")
        first.kill()
        _ = first.wait()
        try run("label", "--resume", "in.fa", "-o", "out.ss")
        #expect(directory.names == ["in.fa", "out.ss"])
    }

    @Test func faultyRecordsAreSkippedAndNoted() throws {
        let text = "MK\n>a\nMKTA\n>b\nMK7A\n>c\n\n>d x\nGG\n>\u{0}\nAA\n>e\nMM\n"
        _ = directory.write(Array(text.utf8), to: "in.fa")
        try run("label", "in.fa", "-o", "stop.ss", status: 1)
        #expect(directory.names == ["in.fa"])
        let result = try run(
            "label", "--on-error", "skip", "in.fa", "-o", "out.ss", "--manifest", "m.json", "--multiqc", "s_mqc.json",
            status: 3)
        #expect(result.errors.contains("4 records left out"))
        let headers = String(decoding: directory.bytes(of: "out.ss") ?? [], as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix(">") }
        #expect(headers == [">a", ">d x", ">e"])
        let rejects = String(decoding: directory.bytes(of: "out.ss.rejects.tsv") ?? [], as: UTF8.self)
        #expect(
            rejects.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false)[1] }
                == ["line", "1", "5", "6", "10"])
        let manifest =
            try JSONSerialization.jsonObject(with: Data(directory.bytes(of: "m.json") ?? [])) as? [String: Any]
        #expect(manifest?["records"] as? Int == 3 && manifest?["rejected"] as? Int == 4)
        let input = (manifest?["inputs"] as? [[String: Any]])?.first
        #expect(input?["sha256"] as? String == (try SHA256.hexDigest(ofFile: directory("in.fa"))))
        #expect(manifest?["outputSHA256"] as? String == (try SHA256.hexDigest(ofFile: directory("out.ss"))))
        let model = try SHA256.hexDigest(ofFile: TestFiles.shippedModel)
        #expect(manifest?["modelSHA256"] as? String == model && manifest?["version"] as? String == "0.2.0")
        #expect((manifest?["commit"] as? String)?.wholeMatch(of: /[0-9a-f]{40}\+?|unknown/) != nil)
        #expect((manifest?["date"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        #expect(manifest?["precision"] as? String == "int8" && (manifest?["threads"] as? Int ?? 0) > 0)
        #expect((manifest?["kernels"] as? String)?.hasPrefix("int8") == true)
        #expect((manifest?["options"] as? [String])?.prefix(4) == ["label", "--on-error", "skip", "in.fa"])
        let report =
            try JSONSerialization.jsonObject(with: Data(directory.bytes(of: "s_mqc.json") ?? [])) as? [String: Any]
        #expect(report?["plot_type"] as? String == "table")
        // Shards see the same records; each notes its own rejects.
        for index in 0..<2 {
            try run("label", "--on-error", "skip", "--shard", "\(index)/2", "in.fa", "-o", "p\(index)", status: 3)
        }
        try run("merge", "p0", "p1", "-o", "merged")
        #expect(directory.bytes(of: "merged") == directory.bytes(of: "out.ss"))
    }

    /// Faults not limited to a record always stop the run.
    @Test func damagedInputStops() throws {
        write(2000)
        let bytes = try #require(directory.bytes(of: "in.fa"))
        _ = directory.write(bytes, to: "x.fa")
        #expect(shell("cd \(directory.path) && gzip x.fa && head -c 9000 x.fa.gz > cut.fa.gz"))
        let result = try run("label", "--on-error", "skip", "cut.fa.gz", "-o", "out.ss", status: 1)
        #expect(result.errors.contains("gzip data end too early"))
        #expect(!directory.names.contains("out.ss") && !directory.names.contains("out.ss.rejects.tsv"))
    }

    @Test func repeatedIDsAreKeptAndCounted() throws {
        write(50)
        #expect(try run("label", "in.fa", "-o", "out.ss").errors.contains("10 records with the id of one before: kept"))
        let text = String(decoding: directory.bytes(of: "out.ss") ?? [], as: UTF8.self)
        #expect(text.matches(of: /(?m)^>/).count == 50)
    }

    /// A file-size limit simulates a full disk.
    @Test func aFullDiskIsSaid() throws {
        write(600, lengths: 50...400)
        let command =
            "cd \(directory.path) && ulimit -f 100 && \(Command.path) label in.fa -o out.ss 2> err"
        #expect(!shell("bash -c \"\(command)\""))
        let errors = String(decoding: directory.bytes(of: "err") ?? [], as: UTF8.self)
        #expect(errors.hasPrefix("strand: error: out.ss: cannot write: "))
        #expect(directory.bytes(of: "out.ss") == nil)
        try run("label", "--resume", "in.fa", "-o", "out.ss")
        try run("label", "in.fa", "-o", "whole.ss")
        #expect(directory.bytes(of: "out.ss") == directory.bytes(of: "whole.ss"))
    }
}
