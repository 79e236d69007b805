import Foundation
import StrandBytes
import StrandMetrics
import StrandNetwork
import TestSupport
import Testing

/// `strand label` on good input.
@Suite struct LabelTests {
    let directory = TemporaryDirectory()
    let fasta =
        ">a first chain\nMSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQGKLTVAKLN\nIDQNPGTAPKYGIRGIPTLLLF\n>b\nACDEF\n"

    private func file(_ name: String, _ text: String) -> String { directory.write(Array(text.utf8), to: name) }

    @Test func defaultIsLabelledFASTAInOrder() throws {
        let result = try Command.run("label", file("in.fa", fasta))
        #expect(result.status == 0 && result.errors.isEmpty)
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count == 7)
        #expect(lines[0] == ">a first chain" && lines[3] == ">b" && lines[6].isEmpty)
        #expect(lines[1] == "MSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQGKLTVAKLNIDQNPGTAPKYGIRGIPTLLLF")
        #expect(lines[2].count == lines[1].count && lines[2].allSatisfy { "HEC".contains($0) })
        #expect(Set(lines[2]).count == 3, "thioredoxin has helices, strands and coil")
        #expect(lines[5].count == 5)
    }

    /// Real proteins many times over, so that there are several windows and batches.
    private var proteome: String {
        (0..<200).map { index in
            ">p\(index)\n" + String(fasta.dropFirst(15).prefix(60)).dropLast(index % 50) + "KLVEA\n"
        }.joined()
    }

    @Test func sameBytesFromAnySourceAndThreads() throws {
        let plain = file("in.fa", proteome)
        let zipped = directory.write(Gzip.compress(Array(proteome.utf8)), to: "in.fa.gz")
        let expected = try Command.run("label", "--threads", "1", "--format", "tsv", plain)
        #expect(expected.status == 0 && expected.output.count > 100_000)
        let others = [
            try Command.run("label", "--threads", "2", "--format", "tsv", plain),
            try Command.run("label", "--threads", "3", "--format", "tsv", zipped),
            try Command.run("label", "--format", "tsv", input: proteome),
            try Command.run("label", "--format", "tsv", "-", input: proteome),
            try Command(
                ["label", "--format", "tsv"], input: try #require(directory.bytes(of: "in.fa.gz").map { Data($0) })
            )
            .wait(),
        ]
        for other in others { #expect(other.status == 0 && other.output == expected.output) }
    }

    @Test func recordsOfASlowPipeAreNotKeptWaiting() throws {
        let pipe = directory("slow.fasta")
        try #require(mkfifo(pipe, 0o600) == 0)
        let command = try Command(["label", pipe])
        let writer = try #require(FileHandle(forWritingAtPath: pipe))
        // The input stays open: only the next header shows that the record is complete.
        try writer.write(contentsOf: Data(">one\nMKTAYIAKQR\n>two\n".utf8))
        #expect(String(decoding: command.nextOutput(), as: UTF8.self).hasPrefix(">one\nMKTAYIAKQR\n"))
        try writer.write(contentsOf: Data("MKTAYIAKQR\n".utf8))
        try writer.close()
        let result = command.wait()
        #expect(result.status == 0 && result.text.hasPrefix(">two\nMKTAYIAKQR\n"))
    }

    @Test func outputFilePlainAndGzip() throws {
        let input = file("in.fa", fasta)
        let expected = try Command.run("label", input)
        #expect(try Command.run("label", input, "-o", directory("out.ss")).status == 0)
        #expect(try Command.run("label", input, "-o", directory("out.ss.gz")).status == 0)
        #expect(directory.bytes(of: "out.ss").map { Data($0) } == expected.output)
        let zipped = try #require(directory.bytes(of: "out.ss.gz"))
        #expect(try Gzip.decompress(zipped, name: "out.ss.gz") == Array(expected.output))
        #expect(directory.names == ["in.fa", "out.ss", "out.ss.gz"])
    }

    @Test func severalFiles() throws {
        let result = try Command.run("label", file("1.fa", ">x\nACD\n"), file("2.fa", ">y\nEFG"))
        #expect(result.text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(">") } == [">x", ">y"])
    }

    @Test func policyIsAppliedAndCounted() throws {
        let result = try Command.run("label", input: ">a|b/c x\tz\nacDE*FU\nKK**\n")
        let lines = result.text.split(separator: "\n")
        #expect(lines[0] == ">a|b/c x\tz" && lines[1] == "acDE*FUKK" && lines[2].count == 9)
        #expect(
            result.errors
                == "strand: repaired: 2 trailing '*' stripped, 1 inner '*' read as X, 1 unknown letter (U) read as X\n")
        let upper = try Command.run("label", input: ">a|b/c x\tz\nACDE*FU\nKK\n")
        #expect(upper.text.split(separator: "\n")[2] == lines[2])
    }

    @Test func gapsOnlyWithUngap() throws {
        let result = try Command.run("label", "--ungap", input: ">a\nAC--D.E\n")
        #expect(result.status == 0 && result.text.hasPrefix(">a\nACDE\n"))
        #expect(result.errors == "strand: repaired: 3 gaps removed\n")
    }

    @Test(arguments: [3, 8]) func tsvHasARowAResidue(states: Int) throws {
        let result = try Command.run("label", "--states", "\(states)", "--format", "tsv", input: ">a x\nMKV\n>b\nW\n")
        let rows = result.text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let letters = Array(states == 3 ? "HEC" : "HGIEBTSC")
        #expect(rows[0] == ["id", "position", "residue", "state"] + letters.map { "P(\($0))" })
        #expect(
            rows.dropFirst().map { Array($0[0..<3]) } == [
                ["a", "1", "M"], ["a", "2", "K"], ["a", "3", "V"], ["b", "1", "W"],
            ])
        for row in rows.dropFirst() {
            let probabilities = try row[4...].map { try #require(Double($0)) }
            #expect(probabilities.count == states && abs(probabilities.reduce(0, +) - 1) < 1e-3)
            let best = try #require(probabilities.indices.max { probabilities[$0] < probabilities[$1] })
            #expect(row[3] == String(letters[best - probabilities.startIndex]))
        }
    }

    @Test func jsonLines() throws {
        struct Line: Decodable {
            var id, header, sequence, labels: String
            var probabilities: [String: [Double]]
        }
        let result = try Command.run("label", "--format", "jsonl", input: ">a \"q\" \\ \u{E9}\nMKV\n>b\nW\n")
        let lines = try result.text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.map(\.id) == ["a", "b"] && lines[0].header == "a \"q\" \\ \u{E9}")
        #expect(lines[0].sequence == "MKV" && lines[0].labels.count == 3)
        #expect(lines[0].probabilities.mapValues(\.count) == ["H": 3, "E": 3, "C": 3])
    }

    @Test func latin1HeaderKeepsItsBytes() throws {
        let bytes = Array(">caf\u{E9}".unicodeScalars.map { UInt8($0.value) }) + Array("\nACD\n".utf8)
        let result = try Command(["label"], input: Data(bytes)).wait()
        #expect(Array(result.output.prefix(6)) == Array(bytes.prefix(6)))
    }

    @Test func blocksForReading() throws {
        let result = try Command.run("label", "--format", "blocks", input: fasta)
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[1] == "      1 MSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQGKLTVAKLN 60")
        #expect(lines[3].hasPrefix("     61 IDQNPGTAPKYGIRGIPTLLLF 82") && lines[2].count == 68 && lines[5].isEmpty)
        #expect(!result.text.contains("\u{1B}"))
    }

    @Test(arguments: ["portable", "avx2", "avx512"]) func pathsAgree(path: String) throws {
        let best = try Command.run("label", "--precision", "fp32", "--format", "tsv", input: fasta)
        let other = try Command.run("label", "--format", "tsv", input: fasta, environment: ["STRAND_KERNELS": path])
        if other.status == 64 { return }  // this processor has no such path
        let pairs = zip(
            best.text.split(whereSeparator: \.isWhitespace), other.text.split(whereSeparator: \.isWhitespace))
        for (a, b) in pairs where a != b {
            #expect(abs(try #require(Double(a)) - (try #require(Double(b)))) < 1.5e-4)
        }
    }

    /// Products of 8 bits are whole numbers: every path that this processor has gives the same bytes.
    @Test func eightBitsAreTheSameOnEveryPath() throws {
        let usual = try Command.run("label", "--format", "tsv", input: fasta)
        let paths = KernelPath.allCases.filter { $0.isSupported && $0.precision == .int8 }
        for path in paths {
            let other = try Command.run(
                "label", "--format", "tsv", input: fasta, environment: ["STRAND_KERNELS": path.rawValue])
            #expect(other.status == 0 && other.output == usual.output, "\(path)")
        }
        #expect(paths.contains(.int8))
    }

    /// 32 bits give the same bytes wherever multiply-add is fused.
    @Test func fusedPathsAreTheSame() throws {
        let outputs = try KernelPath.allCases.filter { $0.isSupported && $0.arithmetic == "fp32" }.map {
            try Command.run("label", "--format", "tsv", input: fasta, environment: ["STRAND_KERNELS": $0.rawValue])
                .output
        }
        #expect(Set(outputs).count <= 1)
    }

    /// If the processor has no bfloat16, fp32 is used and a message says so.
    @Test func bf16AgreesWithFP32OrFallsBack() throws {
        let exact = try Command.run("label", "--precision", "fp32", file("in.fa", proteome))
        let fast = try Command.run("label", "--precision", "bf16", file("in.fa", proteome))
        #expect(fast.status == 0)
        if KernelPath.best(.bf16) == nil {
            #expect(fast.errors == "strand: this processor does not multiply bf16: using fp32\n")
            #expect(fast.output == exact.output)
        } else {
            let differences = zip(exact.output, fast.output).count { $0 != $1 }
            #expect(fast.errors.isEmpty && fast.output.count == exact.output.count)
            #expect(differences < exact.output.count / 200)
        }
    }
}
