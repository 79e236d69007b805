import Foundation
import TestSupport
import Testing

/// Pages of `--report`, drawings of `strand plot`, and `strand calibrate`.
@Suite struct PageTests {
    let directory = TemporaryDirectory()

    /// Whether a page is well-formed, self-contained, and holds these texts.
    private func check(_ path: String, holds texts: [String]) throws {
        let page = try String(contentsOfFile: path, encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        #expect(
            !page.contains("src=") && !page.contains("<script") && !page.contains("@import") && !page.contains("url("))
        #expect(page.components(separatedBy: "<svg").count == page.components(separatedBy: "</svg>").count)
        for tag in ["section", "figure", "table", "div", "p"] {
            let (opened, closed) = (
                page.matches(of: try Regex("<\(tag)[ >]")).count, page.matches(of: try Regex("</\(tag)>")).count
            )
            #expect(opened == closed, "\(tag)")
        }
        for text in texts { #expect(page.contains(text), "\(text)") }
    }

    @Test func pageOfProteins() throws {
        let result = try Command.run(
            "evaluate", "--report", "r.html", TestFiles.path("data/examples/structures.ssfa"), in: directory.path)
        #expect(result.status == 0)
        try check(
            directory("r.html"),
            holds: [
                "structures.ssfa", "SOV'99", "expected calibration error", "S4PRED", "The least accurate chains",
                "aria-label=\"confusion matrix\"", "class=\"strip\"", "prefers-color-scheme:dark", "@media print",
            ])
    }

    @Test func pageOfInk() throws {
        let result = try Command.run(
            "evaluate", "--report", "r.html", TestFiles.path("data/examples/handwriting.jsonl.gz"), in: directory.path)
        #expect(result.status == 0)
        try check(directory("r.html"), holds: ["handwriting.jsonl.gz", "CER", "Character error rate of each writer"])
    }

    @Test func namesAreEscaped() throws {
        _ = directory.write(
            Array(">a<b>&c\nMKTAYIAKMKTAYIAKMKTAYIAKMKTAYIAK\nCHHHHEEECHHHHEEECHHHHEEECHHHHEEE\n".utf8), to: "t.ssfa")
        _ = directory.write(
            Array(">a<b>&c\nMKTAYIAKMKTAYIAKMKTAYIAKMKTAYIAK\nCCHHHEEECHHHHEEECHHHHEEECHHHHEEE\n".utf8), to: "p.ssfa")
        #expect(try Command.run("score", "t.ssfa", "p.ssfa", "--report", "r.html", in: directory.path).status == 0)
        try check(directory("r.html"), holds: ["a&lt;b&gt;&amp;c"])
    }

    @Test func noPageIsLeftByAnError() throws {
        _ = directory.write(Array(">a\nMK\nC\n".utf8), to: "bad.ssfa")
        #expect(try Command.run("evaluate", "bad.ssfa", "--report", "r.html", in: directory.path).status == 1)
        #expect(directory.names == ["bad.ssfa"])
    }

    private static let log = """
        {"epoch":1,"isBest":true,"loss":1.5,"rate":0.001,"seconds":10,"step":5,"stepsPerSecond":9,"validation":{"Q3":0.5}}
        {"epoch":2,"isBest":true,"loss":1.1,"rate":0.001,"seconds":20,"step":10,"stepsPerSecond":9,"validation":{"Q3":0.6}}

        """

    @Test func coursesOfTrainings() throws {
        for name in ["a.jsonl", "b.jsonl"] { _ = directory.write(Array(Self.log.utf8), to: name) }
        let result = try Command.run("plot", "a.jsonl", "b.jsonl", in: directory.path)
        #expect(result.status == 0)
        let document = try XMLDocumentCheck.parse(result.output)
        #expect(document["polyline"] == 4 && document["svg"] == 3)
        #expect(
            result.text.contains("training loss") && result.text.contains("validation Q3")
                && result.text.contains("b.jsonl"))
    }

    @Test func logsThatAreNone() throws {
        _ = directory.write(Array((Self.log + "{\"epoch\":3}\n").utf8), to: "bad.jsonl")
        let result = try Command.run("plot", "bad.jsonl", "-o", "x.svg", in: directory.path)
        #expect(result.status == 1)
        #expect(result.errors == "strand: error: bad.jsonl:3: no epoch of a training; give what 'train --log' wrote\n")
        #expect(directory.names == ["bad.jsonl"])
    }

    @Test func calibration() throws {
        let structures = TestFiles.path("data/examples/structures.ssfa")
        let result = try Command.run(
            "calibrate", "--model", TestFiles.shippedModel, structures, "-o", "m.safetensors", in: directory.path)
        #expect(result.status == 0 && result.errors.contains("temperature "))
        let described = try Command.run("inspect", "m.safetensors", in: directory.path).text
        #expect(described.contains("temperature ") && !described.contains("temperature 1.0\n"))
        func labels(_ model: String) throws -> String {
            try Command.run(
                "label", "--states", "8", "--model", model, TestFiles.path("data/examples/proteins.fasta"),
                in: directory.path
            ).text
        }
        #expect(try labels("m.safetensors") == labels(TestFiles.shippedModel))
        let text = try Command.run(
            "calibrate", "--model", TestFiles.path("data/models/english.safetensors"), structures, "-o",
            "e.safetensors",
            in: directory.path)
        #expect(text.status == 1 && text.errors.contains("protein or ink"))
    }
}
