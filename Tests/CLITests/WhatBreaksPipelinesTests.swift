import Foundation
import StrandBytes
import TestSupport
import Testing

/// What breaks pipelines with other programs, by their issue trackers, and does not here: a test for each.
@Suite struct WhatBreaksPipelinesTests {
    let directory = TemporaryDirectory()

    private func label(_ arguments: String..., input: String) throws -> Command.Result {
        try Command(["label"] + arguments, input: Data(input.utf8), in: directory.path).wait()
    }

    private func labels(_ result: Command.Result) -> [Substring] {
        result.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 3 == 2 }.map(\.element)
    }

    /// S4PRED.
    @Test func lowerCaseReadAsUnknown() throws {
        let upper = try label(input: ">a\nMSDKIIHLTDDSFDTDVLKADGAILVDFW\n")
        let lower = try label(input: ">a\nmsdkiihLTDDSFDTDVLKADGAilvdfw\n")
        #expect(labels(lower) == labels(upper) && lower.text.contains("\nmsdkiihLTDDSFDTDVLKADGAilvdfw\n"))
    }

    /// InterProScan and ten others.
    @Test func stopsRejected() throws {
        let result = try label(input: ">a\nMSDK*IIHL*\n>b\nMSDKXIIHL\n")
        #expect(result.status == 0 && labels(result)[0] == labels(result)[1])
        #expect(result.errors == "strand: repaired: 1 trailing '*' stripped, 1 inner '*' read as X\n")
    }

    @Test func idsWithBarsAndSlashesAsFileNames() throws {
        let result = try label("--output-dir", "out", input: ">sp|P1|A\nMK\n>../../etc/passwd\nMK\n>/a\nMK\n")
        #expect(result.status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory("out")).sorted()
        #expect(names == ["_._.._etc_passwd", "_a", "sp_P1_A"].map { "\($0).ssfa" }.sorted())
        #expect(directory.bytes(of: "out/sp_P1_A.ssfa")?.starts(with: ">sp|P1|A\n".utf8) == true)
    }

    /// MultiQC keeps one row of a name.
    @Test func rowsOfOneNameReplacingOneAnother() throws {
        _ = directory.write(Array(">a\nMKV\n>b\nMK\n".utf8), to: "in.fa.gz")
        func row(_ arguments: String...) throws -> [String] {
            let result = try Command(
                ["label", "in.fa.gz", "-o", "out", "--multiqc", "s_mqc.json"] + arguments, in: directory.path
            ).wait()
            #expect(result.status == 0, "\(result.errors)")
            let json = try JSONSerialization.jsonObject(with: Data(directory.bytes(of: "s_mqc.json") ?? []))
            return Array(((json as? [String: Any])?["data"] as? [String: Any] ?? [:]).keys)
        }
        #expect(try row() == ["in"])
        #expect(try row("--shard", "1/2") == ["in 1 of 2"])
        #expect(try row("--sample", "liver") == ["liver"])
        let alone = try Command(["label", "in.fa.gz", "--sample", "liver"], in: directory.path).wait()
        #expect(alone.status == 64 && alone.errors.hasPrefix("Error: --sample names the row of --multiqc: give both\n"))
    }

    @Test func duplicateIDsOverwritingOneAnother() throws {
        let input = ">a 1\nMKV\n>a 2\nACDEF\n"
        let result = try label(input: input)
        #expect(result.text.split(separator: "\n").filter { $0.hasPrefix(">") } == [">a 1", ">a 2"])
        #expect(result.errors == "strand: 1 record with the id of one before: kept\n")
        #expect(try label("--output-dir", "out", input: input).status == 0)
        #expect(directory.bytes(of: "out/a.ssfa")?.starts(with: ">a 1\n".utf8) == true)
        #expect(directory.bytes(of: "out/a.2.ssfa")?.starts(with: ">a 2\n".utf8) == true)
    }

    @Test func emptyRecordsDropped() throws {
        let input = ">a\nMKV\n>b\n\n>c\nMKV\n"
        let stopped = try label("-o", "out.ss", input: input)
        #expect(stopped.status == 1 && stopped.errors.contains("<stdin>:3: record b: header without a sequence"))
        let skipped = try label("--on-error", "skip", input: input)
        #expect(skipped.status == 3 && skipped.errors.contains("record b: header without a sequence"))
        #expect(labels(skipped).filter { !$0.isEmpty }.count == 2)
    }

    @Test func chainsOver1000Or10000ResiduesRefused() throws {
        for length in [1001, 10_001] {
            let sequence = String(String(repeating: "MSDKIIHLTDDSFDTDVLKA", count: length / 20 + 1).prefix(length))
            let result = try label(input: ">a\n\(sequence)\n")
            #expect(result.status == 0 && labels(result)[0].count == length)
        }
    }

    /// A probability that rounds to 1 is the digit 9.
    @Test func horizConfidence10AsTwoCharacters() throws {
        let result = try label("--format", "horiz", TestFiles.path("data/examples/proteins.fasta"), input: "")
        let lines = result.text.split(separator: "\n")
        let confidences = lines.filter { $0.hasPrefix("Conf: ") }.map { $0.dropFirst(6) }
        let states = lines.filter { $0.hasPrefix("Pred: ") }.map { $0.dropFirst(6) }
        #expect(!confidences.isEmpty && confidences.map(\.count) == states.map(\.count))
        #expect(confidences.joined().allSatisfy(\.isNumber) && confidences.joined().contains("9"))
    }

    /// Porter 5. Whatever the limit, the output is right or not there, and the status says which.
    @Test func allZeroOutputAfterRunningOutOfMemory() throws {
        let sequence = String(repeating: "MSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIA", count: 700)
        _ = directory.write(Array(">a\n\(sequence)\n".utf8), to: "in.fa")
        let whole = try label("--threads", "1", "in.fa", input: "").output
        var failures = 0
        for megabytes in [100, 120, 140, 160, 180, 200, 250, 400, 8000] {
            let command =
                "ulimit -c 0; ulimit -v \(megabytes)000; \(Command.path) label --threads 1 in.fa -o out.ss 2> err"
            let succeeded = shell("cd \(directory.path); rm -f out.ss; bash -c '\(command)' > /dev/null 2>&1")
            let bytes = directory.bytes(of: "out.ss")
            if succeeded { #expect(bytes.map { Data($0) } == whole) } else { #expect(bytes == nil) }
            failures += succeeded ? 0 : 1
        }
        #expect((1...8).contains(failures), "\(failures) of 9 limits are too low")
    }

    /// S4PRED, PSIPRED.
    @Test func noBatchMode() throws {
        _ = directory.write(Array(">a\nMK\n>b\nMK\n".utf8), to: "1.fa")
        _ = directory.write(Gzip.compress(Array(">c\nMK\n".utf8)), to: "2.fa.gz")
        let result = try label("1.fa", "2.fa.gz", "-", input: ">d\nMK\n")
        #expect(result.text.split(separator: "\n").filter { $0.hasPrefix(">") } == [">a", ">b", ">c", ">d"])
    }

    /// S4PRED, SPOT-1D. The model is inside: nothing is looked for, neither in the folder nor at home.
    @Test func weightsBehindDeadLinks() throws {
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? ""
        let command =
            "cd \(directory.path) && echo '>a\nMK' | env -i LD_LIBRARY_PATH=\(libraries) \(Command.path) label -o out.ss"
        #expect(shell(command) && directory.names == ["out.ss"])
    }
}
