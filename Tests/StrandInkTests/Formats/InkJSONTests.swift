import Foundation
import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct InkJSONTests {
    private func read(_ text: String) throws -> [InkSample] {
        var reader = InkJSONReader(.memory(Array(text.utf8), name: "ink"))
        var samples: [InkSample] = []
        while let sample = try reader.next() { samples.append(sample) }
        return samples
    }

    private func fault(_ text: String) -> String {
        do {
            return "\(try read(text).count) samples"
        } catch { return "\(error)" }
    }

    @Test func allMembersInAnyOrder() throws {
        let samples = try read(
            """
            {"t0":[0,812.5],"strokes":[[[1,2],[3,-4.25]],[[5e1,6,7]]],"other":{"a":[true,null,"x"]},"id":"a","hz":100,\
            "writer":"w1","text":"K\\u00f6ln \\"\\ud83d\\ude00\\"","upmm":20,"style":"MIXED"}

            {"strokes":[],"text":null}

            """)
        let first = InkSample(
            id: "a", writer: "w1", text: "Köln \"😀\"",
            strokes: [
                [InkPoint(x: 1, y: 2), InkPoint(x: 3, y: -4.25)], [InkPoint(x: 50, y: 6, time: 7)],
            ], unitsPerMillimetre: 20, hertz: 100, strokeStarts: [0, 812.5], style: "MIXED")
        #expect(samples == [first, InkSample(id: "3", strokes: [])])
    }

    /// As apps and scripts write it.
    @Test func arraysAndObjectsOverSeveralLines() throws {
        let expected = [
            InkSample(id: "7", writer: "1.5", strokes: [stroke((1, 2), (3, 4))]), InkSample(id: "2", strokes: []),
        ]
        let array = "[{\"id\":7,\"writer\":1.5,\"strokes\":[[[1,2],[3,4]]]},{\"strokes\":[]}]"
        #expect(try read(array) == expected)
        let pretty = "{\n  \"id\": 7, \"writer\": 1.5,\n  \"strokes\": [\n   [[1, 2],\n [3, 4]]\n  ]\n}\n"
        #expect(try read(pretty + "{\"id\":\"2\",\"strokes\":[]}") == expected)
        #expect(
            fault("[\n{\"strokes\":[]},\n {\"strokes\":\n [[[1]]]}]")
                == "ink:4: x and y of a point expected at column 7; fix or remove the line")
    }

    @Test func furtherValuesAreSkippedAndCounted() throws {
        var reader = InkJSONReader(memory("{\"strokes\":[[[1,2,3,0.5,\"x\"],[4,5,null,null]],[[6,7,8]]]}"))
        #expect(
            try reader.next()?.strokes == [
                [InkPoint(x: 1, y: 2, time: 3), InkPoint(x: 4, y: 5)], [InkPoint(x: 6, y: 7, time: 8)],
            ])
        #expect("\(reader.takeRepairs())" == "2 points with values after x, y and t: skipped")
        #expect(reader.takeRepairs().isEmpty)
    }

    /// Times since 1970 are counted from the first, as in other formats.
    @Test func wallClockTimes() throws {
        var reader = InkJSONReader(
            memory(#"{"id":"a","strokes":[[[0,0,1700000000000],[1,30,1700000000010]],[[2,2,1700000000500]]]}"#))
        #expect(try reader.next()?.strokes.map { $0.map(\.time) } == [[0, 10], [500]])
        var drawings = QuickDrawReader(
            memory(#"{"key_id":"1","word":"a","drawing":[[[0,1],[0,30],[1700000000000,1700000000010]]]}"#))
        #expect(try drawings.next()?.strokes.map { $0.map(\.time) } == [[0, 10]])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let samples = [
            InkSample(
                id: "x\n\"1\"", writer: "ä", text: "", strokes: [[], [InkPoint(x: 0.1, y: -1e-7, time: 3)], []],
                unitsPerMillimetre: 0.5, hertz: 66.6, strokeStarts: [0, 1, 2]),
            InkSample(id: "2", strokes: []),
        ]
        var writer = try InkJSONWriter(.memory(name: "out"))
        for sample in samples { try writer.write(sample) }
        let bytes = try writer.finish()
        #expect(try read(String(decoding: bytes, as: UTF8.self)) == samples)
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\n{\"id\":\"2\",\"strokes\":[]}\n"))
    }

    /// Numbers with up to 15 digits take the fast path; all must be the nearest double.
    @Test func numbersAreTheNearest() throws {
        let texts = [
            "0", "-0", "0.1", "123456789012.345", "0.123456789012345", "0.9007199254740993", "1e-7", "-2.5E+3",
            "0.3000000000000000166", "1.7976931348623157e-300", "4.9e-324",
        ]
        for text in texts {
            let sample = try #require(try read("{\"strokes\":[[[\(text),1]]]}").first)
            let expected = try #require(Double(text))
            #expect(sample.strokes[0][0].x == expected)
        }
    }

    @Test(arguments: [
        ("{\"strokes\":[[[1,2],[3,4]]", "ink:1: ',' or ']' expected at column 26; fix or remove the line"),
        ("\n{\"strokes\":[[[1]]]}", "ink:2: x and y of a point expected at column 17; fix or remove the line"),
        ("{\"strokes\":[[[1,NaN]]]}", "ink:1: a number expected at column 17; fix or remove the line"),
        (
            "{\"strokes\":[[[1,1e13]]]}",
            "ink:1: a number up to 1000000000000.0 expected at column 21; fix or remove the line"
        ),
        (
            "{\"strokes\":[[[1,1e999]]]}",
            "ink:1: a number that a double holds expected at column 22; fix or remove the line"
        ),
        ("{\"strokes\":null}", "ink:1: an array expected at column 12; fix or remove the line"),
        ("{\"id\":true,\"strokes\":[]}", "ink:1: a string expected at column 7; fix or remove the line"),
        ("[[1,2]]", "ink:1: an object expected at column 2; fix or remove the line"),
        (
            "{\"id\":\"\\ud800x\",\"strokes\":[]}",
            "ink:1: a pair of surrogates expected at column 14; fix or remove the line"
        ),
        ("{\"id\":\"a\"}", "ink:1: record a: no member \"strokes\"; is this ink?"),
        ("{\"strokes\":[]} x", "ink:1: the end expected at column 16; fix or remove the line"),
        (">a\nMK", "ink:1: an object expected at column 1; fix or remove the line"),
        ("\n\n", "ink: no ink; a JSON object a line with its strokes is expected"),
    ]) func faultsSayLineAndColumn(text: String, message: String) {
        #expect(fault(text) == message)
    }

    @Test func deepNestingIsRefused() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(fault("{\"x\":\(deep)").hasPrefix("ink:1: at most 100 nested values expected at column"))
    }
}
