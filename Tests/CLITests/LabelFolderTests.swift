import Foundation
import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// `strand label --output-dir`.
@Suite struct LabelFolderTests {
    let directory = TemporaryDirectory()
    private let fasta = ">sp|P1|A x\nMKV\n>b\nACDEF\n>B\nACDEF\n>\nMK\n>b\nW\n"

    private func label(_ arguments: String..., input: String? = nil) throws -> Command.Result {
        try Command(["label"] + arguments, input: Data((input ?? fasta).utf8), in: directory.path).wait()
    }

    private func bytes(_ path: String) -> String? {
        FileManager.default.contents(atPath: directory(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory(folder)).sorted()
    }

    @Test(arguments: [
        ("fasta", "ssfa"), ("blocks", "txt"), ("tsv", "tsv"), ("jsonl", "jsonl"), ("ss2", "ss2"), ("horiz", "horiz"),
        ("netsurfp", "csv"), ("gff3", "gff3"), ("bed", "bed"), ("stockholm", "sto"), ("jalview", "jalview"),
    ])
    func aFileARecord(format: String, suffix: String) throws {
        let result = try label("--format", format, "--output-dir", "new/out")
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors == "strand: 1 record with the id of one before: kept\n")
        let stems = ["B.2", "b", "b.3", "record", "sp_P1_A"]
        #expect(try names("new/out") == stems.map { "\($0).\(suffix)" }.sorted())
        // Each equals the output of the record alone.
        let alone = try label("--format", format, input: ">b\nW\n")
        #expect(bytes("new/out/b.3.\(suffix)") == alone.text)
    }

    @Test func compressed() throws {
        #expect(try label("--format", "ss2", "--output-dir", "out/", "--gzip").status == 0)
        #expect(try names("out") == ["B.2", "b", "b.3", "record", "sp_P1_A"].map { "\($0).ss2.gz" }.sorted())
        let zipped = try #require(FileManager.default.contents(atPath: directory("out/b.3.ss2.gz")))
        let alone = try label("--format", "ss2", input: ">b\nW\n")
        #expect(try Gzip.decompress(Array(zipped), name: "b") == Array(alone.output))
        let usage = try label("--gzip")
        #expect(usage.status == 64 && usage.errors.hasPrefix("Error: '--gzip' needs '--output-dir'; "))
    }

    /// PSIPRED's own files take the chain's name from the file; here the header is in it.
    @Test func filesReadBack() throws {
        #expect(try label("--format", "horiz", "--output-dir", "out").status == 0)
        var reader = ChainReader(.file(directory("out/sp_P1_A.horiz")))
        let chain = try #require(try reader.next())
        #expect(chain.id == "sp|P1|A" && chain.header == Array("sp|P1|A x".utf8) && chain.labels.count == 3)
    }

    @Test func nothingIsReplaced() throws {
        #expect(try label("--output-dir", "out", input: ">b\nW\n").status == 0)
        let before = bytes("out/b.ssfa")
        let result = try label("--output-dir", "out")
        #expect(result.status == 1)
        #expect(
            result.errors
                == "strand: error: out/b.ssfa: exists already and is not replaced; remove it or name another folder\n")
        #expect(bytes("out/b.ssfa") == before)
        #expect(try names("out") == ["b.ssfa", "sp_P1_A.ssfa"], "no temporary file is left")
    }

    @Test func badInputLeavesWholeFilesOnly() throws {
        let result = try label("--output-dir", "out", "--threads", "1", input: ">a\nMKV\n>b\nM7\n")
        #expect(result.status == 1 && result.errors.hasPrefix("strand: error: <stdin>:4: record b: '7' at column 2"))
        #expect(try names("out").allSatisfy { $0 == "a.ssfa" })
    }

    @Test func excludesOutput() throws {
        let result = try label("--output-dir", "out", "-o", "out.ss")
        #expect(result.status == 64)
        #expect(result.errors.hasPrefix("Error: '--output' and '--output-dir' exclude each other: give one of them\n"))
        #expect(directory.names.isEmpty)
    }

    @Test func folderThatCannotBeMade() throws {
        _ = directory.write([], to: "file")
        let result = try label("--output-dir", "file")
        #expect(result.status == 1 && result.errors == "strand: error: file: cannot write: File exists\n")
    }
}
