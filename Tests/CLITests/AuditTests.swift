import Foundation
import StrandBytes
import TestSupport
import Testing

/// `strand audit`: rows on standard output, how many are near on standard error.
@Suite struct AuditTests {
    let directory = TemporaryDirectory()
    static let header =
        "evaluated\ttraining\tidentity\tcoverage_evaluated\tcoverage_training\te_value\tbits\treason\tevaluated_file\t"
        + "training_file\n"
    static let chain = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQFEVV"
    static let mutant = "MKTGYIAKHRQISFIKSHFSKQLEERLGMIEVQAPIVSRVGDGTQDDLSGAEKAVQVNVKTLPDAEFEVV"

    private func file(_ name: String, _ text: String) -> String {
        _ = directory.write(Array(text.utf8), to: name)
        return name
    }

    private func audit(_ arguments: String...) throws -> Command.Result {
        try Command(["audit"] + arguments, in: directory.path).wait()
    }

    @Test func rows() throws {
        let train = file("train.fa", ">t1 first\nGGGGSGGGGS\n>t2\n\(Self.chain)\n>t3\nACDEFGHIKLMNPQ\n")
        let chains = file(
            "c.fa", ">a\n\(Self.mutant)\n>b\n\(Self.chain.lowercased())\n>c\nDEFGHIKLMN\n>d\nWWWWWWWWWWWW\n")
        let result = try audit("--train-set", train, chains)
        #expect(result.status == 0 && result.errors == "strand: c.fa: 3 of 4 chains are near a chain of train.fa\n")
        let rows = result.text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.count == 4 && result.text.hasPrefix(Self.header))
        #expect(rows[1][...4] == ["a", "t2", "0.857", "1.000", "1.000"] && rows[1][7] == "E-value")
        #expect(rows[2][...4] == ["b", "t2", "1.000", "1.000", "1.000"] && rows[2][7] == "identical")
        #expect(rows[3][...4] == ["c", "t3", "1.000", "1.000", "0.714"] && rows[3][7] == "contained")
        #expect(rows.dropFirst().allSatisfy { $0[8] == "c.fa" && $0[9] == "train.fa" })
    }

    @Test func kindsOfFiles() throws {
        let labels = String(repeating: "C", count: Self.chain.count)
        let labelled = file("train.ssfa", ">t\n\(Self.chain)\n\(labels)\n>u\nACD\nCC-\n")
        let wrapped = ">a\n\(Self.mutant.prefix(50))\n\(Self.mutant.dropFirst(50))\n"
        _ = directory.write(Gzip.compress(Array(wrapped.utf8)), to: "c.fa.gz")
        let expected = try audit("--train-set", file("train.fa", ">t\n\(Self.chain)\n>u\nACD\n"), file("c.fa", wrapped))
        let result = try audit("--train-set", labelled, "c.fa.gz")
        let rows = result.text.replacing("c.fa.gz", with: "c.fa").replacing("train.ssfa", with: "train.fa")
        #expect(result.errors == "strand: c.fa.gz: 1 of 1 chain is near a chain of train.ssfa\n")
        #expect(rows == expected.text && rows.split(separator: "\n").count == 2)
        let piped = try Command(
            ["audit", "--train-set", labelled], input: Data(wrapped.utf8), in: directory.path
        ).wait()
        #expect(piped.errors == "strand: <stdin>: 1 of 1 chain is near a chain of train.ssfa\n")
        #expect(piped.text == result.text.replacing("c.fa.gz", with: "<stdin>"))
    }

    @Test func severalFilesAndAnOutput() throws {
        let result = try audit(
            "--train-set", file("a.fa", ">a\n\(Self.chain)\n"), "--train-set", file("b.fa", ">b\nACDEFGHIKL\n"), "-o",
            "out.tsv.gz", file("c.fa", ">c\nACDEFGHIKL\n"), file("d.fa", ">d\nWWWWWWWWWW\n"))
        #expect(
            result.errors == """
                strand: c.fa: 1 of 1 chain is near a chain of a.fa, b.fa
                strand: d.fa: 0 of 1 chain is near a chain of a.fa, b.fa

                """)
        #expect(result.status == 0 && result.output.isEmpty)
        var reader = LineReader(.file(directory("out.tsv.gz")))
        var lines: [String] = []
        while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        #expect(lines.count == 2 && lines[1].hasPrefix("c\tb\t") && lines[1].hasSuffix("\tidentical\tc.fa\tb.fa"))
    }

    @Test func nothingNear() throws {
        let result = try audit("--train-set", file("t.fa", ">t\n\(Self.chain)\n"), file("c.fa", ">c\nWWWWCCCCHHHH\n"))
        #expect(result.status == 0 && result.text == Self.header)
    }

    @Test func badInput() throws {
        let good = file("good.fa", ">t\nACDEFGHIKL\n")
        let empty = "no records; a '>' header and a sequence are expected"
        let cases: [(arguments: [String], message: String)] = [
            (["--train-set", "none.fa", good], "none.fa: no such file; check the path"),
            (["--train-set", good, "none.fa"], "none.fa: no such file; check the path"),
            (["--train-set", file("empty.fa", ""), good], "empty.fa: \(empty)"),
            (["--train-set", good, "empty.fa"], "empty.fa: \(empty)"),
            (
                ["--train-set", good, file("bad.fa", ">a\nAC7D\n")],
                "bad.fa:2: record a: '7' at column 3 of the sequence; only letters and '*' are accepted"
            ),
            (
                ["--train-set", good, "--engine", "mmseqs", good],
                "mmseqs: no such program; install it (Debian: mmseqs2)"
            ),
        ]
        for (arguments, message) in cases {
            let result = try Command(
                ["audit", "-o", "out.tsv"] + arguments, environment: ["PATH": directory.path], in: directory.path
            ).wait()
            #expect(result.status == 1 && result.errors == "strand: error: \(message)\n")
            #expect(directory.bytes(of: "out.tsv") == nil)
        }
    }

    @Test func wrongUsage() throws {
        let good = file("good.fa", ">t\nACDEFGHIKL\n")
        #expect(try audit(good).errors.hasPrefix("Error: --train-set: name what the model was trained on"))
        let twice = try Command(["audit", "--train-set", "-", "-"], in: directory.path).wait()
        #expect(
            twice.status == 1
                && twice.errors == "strand: error: <stdin>: is given more than once, and can be read once\n")
        for arguments in [["--identity", "25"], ["--coverage", "2"], ["--e-value", "-1"]] {
            let result = try Command(["audit", "--train-set", good] + arguments, in: directory.path).wait()
            #expect(result.status == 64)
        }
    }
}
