import Foundation
import TestSupport
import Testing

/// `strand label --search` with a mmseqs made by the tests, which finds relatives of the first chain of a search alone.
@Suite struct SearchTests {
    let directory = TemporaryDirectory()
    private static let chain = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ"

    private func label(_ script: String, _ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let path = directory.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "mmseqs")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        _ = directory.write(Array(">a\n\(Self.chain)\n>b\n\(Self.chain)\n".utf8), to: "in.fa")
        let result = try Command(
            ["label", "--search", "in.fa", "in.fa", "--format", "tsv"] + arguments,
            environment: ["PATH": "\(directory.path):/usr/bin:/bin", "TMPDIR": directory.path], in: directory.path
        ).wait()
        #expect(result.status == status, "\(result.errors)")
        #expect(directory.names.filter { $0.hasPrefix("strand-mmseqs") }.isEmpty)
        return result
    }

    /// `$5` of result2msa is the database of alignments.
    private static func alignment(of index: Int, _ chain: String = chain) -> String {
        "test $1 != result2msa || printf '>\(index)\\n\(chain)\\n>x\\n\(chain.replacing("K", with: "R"))\\n\\0' > \"$5\""
    }

    @Test func relativesAreFound() throws {
        let result = try label(Self.alignment(of: 0), "--manifest", "m.json")
        let rows = result.text.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(rows[0].suffix(2) == ["depth", "neff"])
        #expect(Set(rows.dropFirst().filter { $0[0] == "a" }.map { $0[$0.count - 2] }) == ["2"])
        #expect(Set(rows.dropFirst().filter { $0[0] == "b" }.map { $0[$0.count - 2] }) == ["1"])
        #expect(result.errors.contains("in.fa: no database of mmseqs: one is made for this run"))
        #expect(
            result.errors.hasSuffix("strand: profiles of 2 records, 1 of them without relatives; median Neff 1.0\n"))
        // A chain alone is labelled as by the model of a single sequence.
        let alone = try Command(["label", "in.fa", "--format", "tsv"], in: directory.path).wait().text
        let probabilities = alone.split(separator: "\n").filter { $0.hasPrefix("b\t") }
        #expect(
            rows.filter { $0[0] == "b" }.map { $0.dropLast(2).joined(separator: "\t") }
                == probabilities.map(String.init))
    }

    @Test(arguments: [
        ("echo 'no room'; exit 3", "mmseqs: ended with status 3: no room"),
        (alignment(of: 7), "mmseqs: an alignment '7' is not one of a chain searched; is it version 14 or later?"),
        (
            alignment(of: 0, "MKTAY"),
            "mmseqs: an alignment '0' is not one of a chain searched; is it version 14 or later?"
        ),
    ])
    func failures(script: String, message: String) throws {
        let result = try label(script, "-o", "out.tsv", status: 1)
        #expect(result.errors.hasSuffix("strand: error: \(message)\n") && directory.bytes(of: "out.tsv") == nil)
    }

    @Test func whatCannotBe() throws {
        for (arguments, status, message) in [
            (["--search", "none", "in.fa"], 1, "strand: error: none: no such file; check the path\n"),
            (["--search", "in.fa", "--alignments", "in.fa"], 64, "Error: '--search' makes the profiles: leave out "),
            (
                ["--search", "in.fa", "in.fa"], 1,
                "strand: error: mmseqs: no such program; install it (Debian: mmseqs2)\n"
            ),
        ] {
            _ = directory.write(Array(">a\n\(Self.chain)\n".utf8), to: "in.fa")
            let result = try Command(
                ["label"] + arguments, environment: ["PATH": directory.path], in: directory.path
            ).wait()
            #expect(result.status == Int32(status) && result.errors.hasPrefix(message), "\(result.errors)")
        }
    }
}
