import Foundation
import TestSupport
import Testing

/// `strand view`, and the page of `strand label`.
@Suite struct ViewTests {
    let directory = TemporaryDirectory()

    private func run(_ arguments: String..., status: Int32 = 0) throws -> Command.Result {
        let result = try Command(arguments, in: directory.path).wait()
        #expect(result.status == status, "\(arguments): \(result.errors)")
        return result
    }

    private func write() {
        _ = directory.write(Array(">a one\nMSDKIIHL\nHHHHEECC\n>b\nMKT\nCCC\n".utf8), to: "c.ssfa")
    }

    @Test func aLineAChain() throws {
        write()
        let lines = try run("view", "c.ssfa").text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].split(separator: " ") == ["a", "8", "H", "50%", "E", "25%", "C", "25%", "HHHHEECC"])
        #expect(lines[1].split(separator: " ") == ["b", "3", "H", "0%", "E", "0%", "C", "100%", "CCC"])
        #expect(
            try run("view", "--color", "always", "c.ssfa").text.contains(
                "\u{1B}[31mHHHH\u{1B}[0m\u{1B}[94mEE\u{1B}[0mCC"))
    }

    @Test func aChainResidueByResidue() throws {
        write()
        #expect(try run("view", "--id", "a", "c.ssfa").text == ">a one\n      1  MSDKIIHL\n         HHHHEECC\n\n")
        #expect(
            try run("view", "--id", "z", "c.ssfa", status: 1).errors == "strand: error: --id: there is no chain 'z'\n")
        #expect(try run("view", "--id", "a", "c.ssfa", "-o", "x.html", status: 64).output.isEmpty)
    }

    @Test func whatPeopleAskFor() throws {
        let uniprot = Array(">sp|P0AA25|THIO_ECOLI Thioredoxin\nMSDK\nHHCC\n".utf8)
        _ = directory.write(uniprot, to: "u.ssfa")
        #expect(try run("view", "--id", "P0AA25", "u.ssfa").text.hasPrefix(">sp|P0AA25|THIO_ECOLI Thioredoxin\n"))
        _ = directory.write(
            Array(#"{"id":"a\u001b[31m","labels":"HC","probabilities":{"H":[5,0.5],"C":[0.2,0.75]}}"#.utf8),
            to: "o.jsonl")
        let odd = try run("view", "o.jsonl")
        #expect(!odd.text.contains("\u{1B}") && odd.text.contains(" 0.75 "))
        #expect(odd.errors == "strand: 1 number not in 0 to 1: left out, as they are no probabilities\n")
        _ = directory.write(Array(">a\n\(String(repeating: "M", count: 17))\nABCDEFGHIJKLMNOPQ\n".utf8), to: "m.ssfa")
        let many = try run("view", "m.ssfa", "-o", "m.html")
        #expect(
            many.errors.hasPrefix(
                "strand: the labels P, Q are shown as none: a page has colours for 15\nstrand: wrote m.html: 1 chain, ")
        )
        _ = directory.write([], to: "empty")
        #expect(try run("view", "empty", status: 1).errors.hasPrefix("strand: error: empty: no chains; "))
        #expect(!shell("\(Command.path) view \(directory("u.ssfa")) > /dev/full 2> \(directory("err"))"))
        #expect(
            String(decoding: directory.bytes(of: "err") ?? [], as: UTF8.self)
                == "strand: error: <stdout>: cannot write: No space left on device\n")
    }

    /// The page of a run is that of its output, but for the model, which labelled FASTA does not name.
    @Test func pages() throws {
        let proteins = TestFiles.path("data/examples/proteins.fasta")
        _ = try run("label", proteins, "--format", "jsonl", "-o", "p.jsonl", "--report", "p.html")
        _ = try run("view", "p.jsonl", "-o", "q.html")
        let pages = try ["p.html", "q.html"].map {
            String(decoding: try #require(directory.bytes(of: $0)), as: UTF8.self)
        }
        let blocks = pages.map { $0.matches(of: /class="block".*?<\/script>/).map { String($0.0) } }
        #expect(blocks[0].count == 1 && blocks[0][0].count > 1_000)
        #expect(pages[0].contains("\"title\":\"proteins.fasta\",\"made\":\"Strand "))
        #expect(pages[1].contains("\"title\":\"p.jsonl\",\"made\":\"shown by Strand "))
        #expect(
            pages.allSatisfy { $0.contains("\"states\":\"HEC\",\"chains\":4,\"residues\":684,\"hasConfidence\":true}") }
        )
    }

    @Test func whatCannotBeShown() throws {
        write()
        #expect(try run("view", "none", status: 1).errors.contains("none: "))
        #expect(
            try run("view", TestFiles.path("data/examples/handwriting.jsonl.gz"), status: 1).errors.contains(
                "labelled chains"))
        #expect(try run("view", "c.ssfa", "-o", "c.ssfa", status: 1).errors.contains("c.ssfa"))
        #expect(try run("label", "--resume", "c.ssfa", "-o", "o", "--report", "r.html", status: 64).output.isEmpty)
    }

    /// Output that is not a terminal goes through no pager; on one the pager's end is the end.
    @Test func aPager() throws {
        write()
        let shown = try TerminalCommand(
            ["view", "c.ssfa"], environment: ["PAGER": "sed s/^/paged:/"], in: directory.path
        ).wait()
        #expect(shown.status == 0 && shown.screen.contains("paged:a "))
        let none = try TerminalCommand(["view", "c.ssfa"], environment: ["PAGER": "/no/such"], in: directory.path)
            .wait()
        #expect(none.status == 0 && none.screen.contains("there is no pager '/no/such': shown as it is"))
        #expect(none.screen.contains("b                     3 "))
        let left = try TerminalCommand(["view", "c.ssfa"], environment: ["PAGER": "true"], in: directory.path).wait()
        #expect(left.status == 0)
    }
}
