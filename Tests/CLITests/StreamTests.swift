import Foundation
import StrandBytes
import TestSupport
import Testing

/// What a file holds is told on the open stream, whose bytes come once: a pipe is read like a file.
@Suite struct StreamTests {
    private static let structures = TestFiles.path("data/examples/structures.ssfa")
    private static let ink = TestFiles.path("data/examples/handwriting.jsonl.gz")

    private func run(_ arguments: [String], input: String? = nil) throws -> String {
        let data = try input.map { try Data(contentsOf: URL(filePath: $0)) } ?? Data()
        let result = try Command(arguments, input: data).wait()
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return result.text
    }

    @Test(arguments: [
        (["evaluate"], structures, []), (["evaluate"], ink, []), (["inspect"], structures, []), (["inspect"], ink, []),
        (["score"], structures, [structures]), (["audit", "--train-set", structures], structures, []),
    ])
    func pipesAreReadLikeFiles(verb: [String], file: String, more: [String]) throws {
        // The same figures, whatever the file is called.
        func figures(_ text: String) -> [String] {
            text.split(separator: "\n").filter { $0.contains("%") || $0.contains("\t") }.map { line in
                line.split(separator: "\t").prefix(7).joined(separator: "\t")
            }
        }
        let expected = figures(try run(verb + [file] + more))
        #expect(!expected.isEmpty)
        for name in ["-", "/dev/stdin"] {
            #expect(figures(try run(verb + [name] + more, input: file)) == expected)
        }
    }

    /// A first record of any length does not hide that the file is labelled.
    @Test func longFirstRecord() throws {
        let length = 200_000
        let text =
            ">long\n\(String(repeating: "A", count: length))\n\(String(repeating: "H", count: length))\n>b\nMKV\nHEC\n"
        let result = try Command(["inspect", "-"], input: Data(text.utf8)).wait()
        #expect(result.text.hasPrefix("-: labelled FASTA, 2 records, 200,003 residues"))
    }

    /// The manifest has the hash of what was read, wherever it came from, and no stream is opened twice.
    @Test(arguments: [
        "label - < in.fa", "label < in.fa", "label /dev/stdin < in.fa", "label in.fa", "label <(cat in.fa)",
        "label fifo", "cat in.fa | strand label -", "label in.fa.gz", "label <(cat in.fa.gz)",
    ]) func hashesOfWhatWasRead(command: String) throws {
        let directory = TemporaryDirectory()
        let bytes = Array((0..<3000).map { ">c\($0) \(String(repeating: "x", count: 200))\nMK\n" }.joined().utf8)
        let stored = command.contains(".gz") ? Gzip.compress(bytes) : bytes
        _ = directory.write(stored, to: command.contains(".gz") ? "in.fa.gz" : "in.fa")
        let strand = "timeout 60 \(Command.path)"
        let line =
            (command.hasPrefix("cat") ? command.replacing("strand", with: strand) : "\(strand) \(command)")
            + " --manifest m.json > out.ss"
        let feed = command.hasSuffix("fifo") ? "mkfifo fifo; cat in.fa > fifo & " : ""
        #expect(shell("cd \(directory.path) && bash -c '\(feed)\(line)'"))
        struct Manifest: Decodable {
            struct Input: Decodable { var sha256: String }
            var inputs: [Input]
            var outputSHA256: String
            var records: Int
        }
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(directory.bytes(of: "m.json") ?? []))
        var digest = SHA256()
        digest.update(stored[...])
        #expect(manifest.inputs.map(\.sha256) == [digest.finish()] && manifest.records == 3000)
        #expect(manifest.outputSHA256 == (try SHA256.hexDigest(ofFile: directory("out.ss"))))
    }

    /// Models and training data may be pipes too.
    @Test func modelsAndTrainingDataOfPipes() throws {
        let directory = TemporaryDirectory()
        let train =
            "train protein --train <(cat \(Self.structures)) --validation \(Self.structures) --hidden 4 --epochs 1"
        #expect(shell("cd \(directory.path) && bash -c '\(Command.path) \(train) --layers 1 -o m.safetensors 2> err'"))
        let card = try Command.run("inspect", directory("m.safetensors")).text
        let hash = try SHA256.hexDigest(ofFile: Self.structures)
        #expect(card.matches(of: try Regex(hash)).count == 2, "\(card)")
        let label = "echo \">a\nMK\" | \(Command.path) label --model <(cat m.safetensors) --manifest m.json -"
        #expect(shell("cd \(directory.path) && bash -c '\(label) > out.ss'"))
        let manifest = String(decoding: directory.bytes(of: "m.json") ?? [], as: UTF8.self)
        #expect(manifest.contains(try SHA256.hexDigest(ofFile: directory("m.safetensors"))))
    }
}
