import Foundation
import TestSupport
import Testing

@Suite struct ConvertTests {
    let directory = TemporaryDirectory()

    private static let lines = """
        {"id":"a","text":"x <y>","strokes":[[[1,2,0],[3,-4.5,10]],[[5,6,30]]]}
        {"id":"b","strokes":[[[7,8,0]]]}

        """

    @Test func thereAndBackAgain() throws {
        _ = directory.write(Array(Self.lines.utf8), to: "a.jsonl")
        for name in ["a.inkml", "a.ndjson", "a.csv", "a.inkml.gz", "a.jsonl.gz"] {
            let result = try Command.run("convert", "a.jsonl", "-o", name, in: directory.path)
            #expect(result.status == 0 && result.errors.isEmpty && result.output.isEmpty, "\(name)")
            #expect(try Command.run("convert", name, in: directory.path).text == Self.lines, "\(name)")
        }
        // The kind of output follows from the name.
        #expect(directory.bytes(of: "a.inkml")?.starts(with: "<?xml".utf8) == true)
        #expect(directory.bytes(of: "a.ndjson")?.starts(with: "{\"key_id\"".utf8) == true)
        #expect(directory.bytes(of: "a.csv")?.starts(with: "sample,".utf8) == true)
        #expect(directory.bytes(of: "a.inkml.gz")?.starts(with: [0x1F, 0x8B]) == true)
    }

    @Test func aPipeAndSeveralFiles() throws {
        let piped = try Command.run("convert", "--to", "quickdraw", input: Self.lines)
        #expect(piped.text.hasPrefix("{\"key_id\":\"a\",\"word\":\"x <y>\",\"drawing\":[[[1,3],[2,-4.5],[0,10]]"))
        let ink = directory.write(Array("<ink><trace>1 2</trace></ink>".utf8), to: "c.inkml")
        let result = try Command.run("convert", ink, "-", ink, input: Self.lines)
        let ids = result.text.split(separator: "\n").map { $0.prefix(9) }
        #expect(ids == ["{\"id\":\"c\"", "{\"id\":\"a\"", "{\"id\":\"b\"", "{\"id\":\"c\""])
        #expect(result.errors == "strand: 1 sample with the id of one before\n")
    }

    /// A sample of a line, or one of several files; the only file, and one that is not there, are errors all the same.
    @Test func whatCannotBeReadIsSkippedOnDemand() throws {
        for (name, text) in [
            ("a.jsonl", "{\"id\":\"a\",\"strokes\":[[[1,2]]]}\n{\"id\":no\n{\"id\":\"c\",\"strokes\":[[[1,2]]]}\n"),
            ("b.inkml", "<ink><trace>1 2</trace>"), ("d.png", "\u{89}PNG\r\n"),
            ("e.inkml", "<ink><trace>1 2</trace></ink>"), ("p.ssfa", ">p\nMKT\nHH\n"), ("q.ssfa", ">q\nMKT\nHHH\n"),
        ] {
            _ = directory.write(Array(text.utf8), to: name)
        }
        func convert(_ files: String...) throws -> (status: Int32, text: String, skipped: Int) {
            let result = try Command(["convert", "--on-error", "skip"] + files, in: directory.path).wait()
            return (result.status, result.text, result.errors.components(separatedBy: "strand: skipped: ").count - 1)
        }
        let ink = try convert("a.jsonl", "b.inkml", "d.png", "e.inkml")
        #expect(ink.status == 3 && ink.skipped == 3)
        #expect(
            ink.text.split(separator: "\n").map { $0.prefix(9) } == ["{\"id\":\"a\"", "{\"id\":\"c\"", "{\"id\":\"e\""])
        #expect(try convert("p.ssfa", "q.ssfa") == (3, ">q\nMKT\nHHH\n", 1))
        #expect(try convert("b.inkml") == (1, "", 0))
        #expect(try convert("e.inkml", "none.inkml", "-o", "out.jsonl").status == 1)
        #expect(directory.bytes(of: "out.jsonl") == nil)
        #expect(try Command.run("convert", "a.jsonl", "e.inkml", in: directory.path).status == 1)
    }

    @Test func whatIsLeftOutIsCounted() throws {
        let text = "{\"id\":\"a\",\"hz\":5,\"writer\":\"w\",\"strokes\":[[[1,2]]]}\n{\"strokes\":[[]]}\n"
        let result = try Command.run("convert", "--to", "csv", input: text)
        #expect(result.text == "sample,writer,text,stroke,x,y,t\na,w,,0,1,2,\n")
        #expect(
            result.errors == """
                strand: left out, as the format has no place for it: rate 1, sample without points 1
                strand: 1 sample without any point

                """)
    }

    @Test func unipen() throws {
        let text = """
            .INCLUDE none.doc
            .PEN_DOWN
            1 -2
            .SEGMENT WORD 0 ? "w"
            .SEGMENT TEXT 0 ? "t"

            """
        let file = directory.write(Array(text.utf8), to: "a.dat")
        let refused = try Command.run("convert", "a.dat", "-o", "out.jsonl", in: directory.path)
        #expect(refused.status == 1)
        #expect(
            refused.errors
                == "strand: error: a.dat:1: includes 'none.doc', which is not in '.'; "
                + "name the folder that it is in with 'strand convert --root'\n")
        #expect(directory.names == ["a.dat"])
        let skipped = try Command.run("convert", "--skip-missing", "--level", "WORD", file)
        #expect(skipped.text == "{\"id\":\"a-1\",\"text\":\"w\",\"strokes\":[[[1,2]]]}\n")
        #expect(skipped.errors == "strand: repaired: 1 included file not found: skipped (none.doc)\n")
        let rooted = directory.write(Array(".COMMENT x\n".utf8), to: "none.doc")
        let folder = String(rooted.dropLast("/none.doc".count))
        #expect(try Command.run("convert", "--root", folder, input: text).text.contains("\"text\":\"t\""))
    }

    @Test func nothingIsLeftAfterAnError() throws {
        _ = directory.write(Array((Self.lines + "{\"strokes\":[[[1]]]}\n").utf8), to: "bad.jsonl")
        for name in ["out.inkml", "out.csv.gz", "out.ndjson", "out.jsonl"] {
            let result = try Command.run("convert", "bad.jsonl", "-o", name, in: directory.path)
            #expect(result.status == 1)
            #expect(
                result.errors
                    == "strand: error: bad.jsonl:3: x and y of a point expected at column 17; fix or remove the line\n"
            )
            #expect(directory.names == ["bad.jsonl"])
        }
    }

    @Test func wrongUsage() throws {
        #expect(try Command.run("convert", "--to", "unipen").status == 64)
        #expect(try Command.run("convert", "--from", "png").status == 64)
    }

    @Test(.enabled(if: TestFiles.developmentData != nil, "needs the development data"))
    func collectedInkKeepsItsPointsThroughEveryFormat() throws {
        let folder = try #require(InkSpecimens.folder)
        let original = try Command.run("convert", "\(folder)specimens/quickdraw-raw.ndjson").text
        for target in ["inkml", "quickdraw", "csv", "jsonl"] {
            let converted = try Command.run("convert", "--to", target, input: original).text
            #expect(try Command.run("convert", input: converted).text == original, "\(target)")
        }
    }
}
