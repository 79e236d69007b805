import StrandInk
import StrandProteins
import TestSupport
import Testing

@Suite struct QuickDrawTests {
    @Test func rawAndSimplified() throws {
        let samples = try allSamples(
            QuickDrawReader(
                memory(
                    """
                    {"key_id":"7","word":"cat","recognized":true,"drawing":[[[1,2],[3,4.5],[0,-5]],[[],[],[]]]}\r

                    {"drawing":[[[1],[2]]],"countrycode":null}
                    """)))
        #expect(
            samples == [
                InkSample(
                    id: "7", text: "cat",
                    strokes: [[InkPoint(x: 1, y: 3, time: 0), InkPoint(x: 2, y: 4.5, time: -5)], []]),
                InkSample(id: "3", strokes: [stroke((1, 2))]),
            ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let samples = [
            InkSample(id: "\"1\"", text: "ä", strokes: [[], [InkPoint(x: 0.1, y: -1e-7, time: 3)], stroke((1, 2))]),
            InkSample(id: "2", strokes: []),
        ]
        var writer = try QuickDrawWriter(.memory(name: "out"))
        for sample in samples { try writer.write(sample) }
        #expect(writer.losses.isEmpty)
        let bytes = try writer.finish()
        #expect(try allSamples(QuickDrawReader(memory(bytes))) == samples)
    }

    /// Apps add pressure as a fourth array, and numbers as keys.
    @Test func furtherArraysAreSkippedAndCounted() throws {
        var reader = QuickDrawReader(memory("{\"key_id\":5,\"drawing\":[[[1,3],[2,4],[5,6],[0.5,null]],[[7],[8]]]}"))
        let strokes = [[InkPoint(x: 1, y: 2, time: 5), InkPoint(x: 3, y: 4, time: 6)], stroke((7, 8))]
        #expect(try reader.next() == InkSample(id: "5", strokes: strokes))
        #expect("\(reader.takeRepairs())" == "2 points with values after x, y and t: skipped")
    }

    @Test func whatItCannotHoldIsCounted() throws {
        var writer = try QuickDrawWriter(.memory(name: "out"))
        try writer.write(
            InkSample(
                id: "1", writer: "w", strokes: [[InkPoint(x: 1, y: 2, time: 3), InkPoint(x: 1, y: 2)]], hertz: 5,
                strokeStarts: [0], style: "MIXED"))
        #expect(writer.losses.description == "rate 1, stroke starts 1, style 1, time 1, writer 1")
        #expect(
            String(decoding: try writer.finish(), as: UTF8.self) == "{\"key_id\":\"1\",\"drawing\":[[[1,1],[2,2]]]}\n")
    }

    @Test(arguments: [
        ("", "test: no ink; a JSON object a line with a drawing is expected"),
        ("{\"word\":\"a\"}", "test:1: record 1: no member \"drawing\"; is this ink?"),
        (
            "{\"drawing\":[]}\n{\"drawing\":[[[1,2],[1]]]}\n{\"drawing\":[]}",
            "test:2: as many y and t as x expected at column 23; fix or remove the line"
        ),
        ("{\"drawing\":[[[1]]]}", "test:1: x and y of a stroke expected at column 18; fix or remove the line"),
        ("{\"drawing\":[[[NaN],[1]]]}", "test:1: a number expected at column 15; fix or remove the line"),
        (
            "{\"drawing\":[[[1e13],[1]]]}",
            "test:1: a number up to 1000000000000.0 expected at column 19; fix or remove the line"
        ),
    ]) func faults(text: String, message: String) {
        #expect(fault(QuickDrawReader(memory(text))) == message)
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func specimens() throws {
        for kind in ["raw", "simplified"] {
            let samples = try allSamples(
                QuickDrawReader(.file(InkSpecimens.path("specimens/quickdraw-\(kind).ndjson"))))
            #expect(samples.map(\.id) == ["1000", "1001", "1002", "1003"])
            for (number, sample) in samples.enumerated() {
                let expected = try #require(InkSpecimens.expected["s\(number + 1)"])
                #expect(sample.text == expected.text && sample.strokes.count == expected.strokes)
            }
        }
    }
}
