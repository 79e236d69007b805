import Foundation
import StrandBytes
import StrandInk
import TestSupport
import Testing

/// `strand read` with the shipped model on the example.
@Suite struct ReadTests {
    let directory = TemporaryDirectory()
    private let example = TestFiles.path("data/examples/handwriting.jsonl.gz")

    @Test func textIsALineASample() throws {
        let result = try Command.run("read", "--lm", example)
        #expect(result.status == 0 && result.errors.isEmpty)
        let truth = try allSamples(InkJSONReader(.file(example))).map { $0.text ?? "" }
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count == truth.count)
        // Drawn letters are not handwriting, but most of them are read.
        #expect(zip(lines, truth).count { $0 == $1 } >= truth.count / 2, "\(lines)")
    }

    @Test func sameBytesFromAnySourceAndThreads() throws {
        let expected = try Command.run("read", "--threads", "1", "--format", "jsonl", example)
        #expect(expected.status == 0 && expected.output.count > 1000)
        let ink = Data(try #require(FileManager.default.contents(atPath: example)))
        let converted = directory("ink.inkml")
        #expect(try Command.run("convert", example, "-o", converted).status == 0)
        for other in [
            try Command.run("read", "--threads", "2", "--format", "jsonl", example),
            try Command(["read", "--format", "jsonl"], input: ink).wait(),
            try Command.run("read", "--format", "jsonl", converted),
        ] { #expect(other.status == 0 && other.output == expected.output) }
    }

    @Test func jsonHasInkAndTimeOfEveryCharacter() throws {
        struct Reading: Decodable {
            struct Character: Decodable {
                struct Piece: Decodable {
                    var stroke: Int
                    var points: [Int]
                }
                var character: String
                var probability: Double
                var ink: [Piece]
                var time: [Double]?
            }
            struct Alternative: Decodable { var text: String }
            var id: String
            var text: String
            var characters: [Character]
            var alternatives: [Alternative]
        }
        let samples = try allSamples(InkJSONReader(.file(example)))
        let result = try Command.run("read", "--format", "jsonl", "--n-best", "3", "--lm", example)
        let readings = try result.text.split(separator: "\n").map {
            try JSONDecoder().decode(Reading.self, from: Data($0.utf8))
        }
        #expect(readings.map(\.id) == samples.map(\.id))
        for (reading, sample) in zip(readings, samples) {
            #expect(reading.characters.map(\.character).joined() == reading.text)
            #expect((1...3).contains(reading.alternatives.count) && reading.alternatives[0].text == reading.text)
            for character in reading.characters {
                #expect((0...1).contains(character.probability))
                #expect((character.time == nil) == character.ink.isEmpty)
                for piece in character.ink {
                    #expect(piece.points.count == 2 && sample.strokes[piece.stroke].indices.contains(piece.points[1]))
                }
            }
        }
    }

    @Test func tableHasRanks() throws {
        let result = try Command.run("read", "--format", "tsv", "--n-best", "2", example)
        let rows = result.text.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(rows[0] == ["id", "rank", "probability", "text"] && rows[1][0] == "upright-1" && rows[1][1] == "1")
    }

    @Test func plotIsDrawn() throws {
        let plot = directory("plot.svg")
        #expect(try Command.run("read", "--plot", plot, example).status == 0)
        let svg = String(decoding: try #require(directory.bytes(of: "plot.svg")), as: UTF8.self)
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        #expect(svg.contains("<polyline points=") && svg.contains(">upright-1</text>"))
    }

    @Test func lexiconAndOnlyHaveTheirSay() throws {
        let words = directory.write(Array("strange\nslings\n".utf8), to: "words.txt")
        let read = try Command.run("read", "--lexicon", words, "--format", "tsv", example).text
        #expect(read.split(separator: "\n").count > 1)
        let digits = try Command.run("read", "--only", "0123456789", example)
        #expect(digits.text.allSatisfy { $0.isNumber || $0 == "\n" })
    }

    @Test func whatNoTextCanConsistOfIsRefused() throws {
        let foreign = try Command.run("read", "--only", "0ä9é", example)
        #expect(foreign.status == 64 && foreign.errors.contains("--only: the model cannot read 'äé': leave that out"))
        for (name, words) in [("none.txt", ""), ("blank.txt", " \n\n"), ("foreign.txt", "häuser\n")] {
            let lexicon = directory.write(Array(words.utf8), to: name)
            let result = try Command.run("read", "--lexicon", lexicon, example)
            #expect(
                result.status == 1
                    && result.errors
                        == "strand: error: \(lexicon): no word that the model can read; give a word a line\n"
            )
        }
    }

    /// What a reader leaves out is said by every verb that takes ink.
    @Test func repairsAreSaid() throws {
        let table = directory.write(
            Array("type,x,y,text\npointerdown,1,1,a\nclick,1,1,a\npointermove,9,9,a\n".utf8), to: "e.csv")
        let repair = "1 row of other events: skipped (click)"
        for (arguments, name) in [(["read"], ""), (["convert"], ""), (["evaluate"], "e.csv: ")] {
            #expect(try Command(arguments + [table]).wait().errors == "strand: \(name)repaired: \(repair)\n")
        }
        #expect(try Command.run("inspect", table).text.contains("\n  repaired   \(repair)\n"))
        let manifest = directory("m.json")
        #expect(try Command.run("read", "--manifest", manifest, "-o", directory("o.txt"), table).status == 0)
        let bytes = try #require(directory.bytes(of: "m.json"))
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"repairs\" : \"\(repair)\""))
    }

    @Test func inkWithoutPointsIsReadAsNothingAndSaid() throws {
        let text =
            "{\"id\":\"a\",\"strokes\":[]}\n{\"id\":\"b\",\"strokes\":[[],[]]}\n{\"id\":\"c\",\"strokes\":[[[1,1]]]}\n"
        let result = try Command.run("read", "--format", "tsv", input: text)
        #expect(result.status == 0 && result.errors == "strand: 2 samples without ink: read as empty text\n")
        #expect(result.text.hasPrefix("id\trank\tprobability\ttext\na\t1\t1.000000\t\nb\t1\t1.000000\t\nc\t1\t"))
    }

    @Test(arguments: [
        ("{\"strokes\":[[[1,NaN]]]}", "<stdin>:1: a number expected at column 17; fix or remove the line"),
        ("{\"strokes\":[[[1,1e13]]]}", "<stdin>:1: a number up to 1000000000000.0 expected"),
        ("{\"id\":\"x\"}", "<stdin>:1: record x: no member \"strokes\"; is this ink?"),
        ("{\"strokes\":[[[1,2]]]}\n{\"strokes\":[[[1,2]]", "<stdin>:2: "),
        ("", "<stdin>: no ink; "),
    ])
    func badInkIsOneLine(text: String, message: String) throws {
        let result = try Command.run("read", input: text)
        #expect(result.status == 1 && result.errors.hasPrefix("strand: error: \(message)"), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func badInkLeavesNoFile() throws {
        let text = "{\"strokes\":[[[1,2],[3,4]]]}\n{"
        let result = try Command(["read", "-o", "out.txt"], input: Data(text.utf8), in: directory.path).wait()
        #expect(result.status == 1 && directory.names.isEmpty)
    }

    @Test func damagedGzipIsSaid() throws {
        let ink = try #require(FileManager.default.contents(atPath: example))
        let cut = directory.write(Array(ink.dropLast(100)), to: "cut.jsonl.gz")
        let result = try Command.run("read", cut)
        #expect(result.status == 1 && result.errors.contains("gzip data end too early"))
    }

    @Test(arguments: [
        ["--n-best", "3"], ["--n-best", "0", "--format", "tsv"], ["--beam", "0"], ["--beam", "1", "--lm"],
        ["--lm", "--lm-model", "x"], ["--only", ""],
    ])
    func wrongUsageIsStatus64(options: [String]) throws {
        #expect(try Command(["read"] + options + [example]).wait().status == 64)
    }

    /// A page of 50,000 points is read, whether it has lines or is one absurd scrawl.
    @Test func longInkIsRead() throws {
        let sample = try #require(allSamples(InkJSONReader(.file(example))).first)
        let word = sample.strokes
        let width = 4.0 * (word.joined().map(\.x).max() ?? 1) + 50
        let copies = 50_000 / sample.pointCount + 1
        for perLine in [8, copies] {
            var strokes: [[InkPoint]] = []
            for index in 0..<copies {
                let x = Double(index % perLine) * width / 3
                let y = Double(index / perLine) * width / 2
                for stroke in word { strokes.append(stroke.map { InkPoint(x: $0.x + x, y: $0.y + y) }) }
            }
            var writer = try InkJSONWriter(.file(directory("page.jsonl")))
            try writer.write(InkSample(id: "page", strokes: strokes))
            try writer.finish()
            let result = try Command.run("read", directory("page.jsonl"))
            #expect(result.status == 0 && result.text.count > copies)
            let lines = result.text.split(separator: "\n").count
            #expect(perLine == copies ? lines == 1 : lines > copies / perLine - 3, "\(lines)")
        }
    }
}
