import Foundation
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
}
