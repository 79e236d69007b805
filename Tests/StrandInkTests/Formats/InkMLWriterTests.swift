import StrandInk
import StrandProteins
import TestSupport
import Testing

@Suite struct InkMLWriterTests {
    private func written(_ samples: [InkSample]) throws -> (text: String, losses: InkLosses) {
        var writer = try InkMLWriter(.memory(name: "out"))
        for sample in samples { try writer.write(sample) }
        let losses = writer.losses
        return (String(decoding: try writer.finish(), as: UTF8.self), losses)
    }

    @Test func whatIsWrittenReadsBack() throws {
        let samples = [
            InkSample(
                id: "<1>", writer: "ä", text: "a \"b\" & c\td",
                strokes: [
                    [], [InkPoint(x: 0.1, y: -1e-7, time: 3), InkPoint(x: 1, y: 2)], stroke((5, 6)),
                ], unitsPerMillimetre: 0.5, hertz: 66.6, strokeStarts: [0, 1.25, 2], style: "MIXED"),
            InkSample(id: "2", strokes: []),
        ]
        let (text, losses) = try written(samples)
        #expect(try inkML(text) == samples)
        #expect(losses.isEmpty)
    }

    @Test func whatItCannotHoldIsCounted() throws {
        let (text, losses) = try written([InkSample(id: "a\u{7}", strokes: [stroke((1, 1))], strokeStarts: [0, 1])])
        #expect(losses.description == "control character 1, stroke starts 1")
        #expect(try inkML(text) == [InkSample(id: "a\u{FFFD}", strokes: [stroke((1, 1))])])
    }

    @Test func aDocumentToTheLetter() throws {
        let (text, _) = try written([InkSample(id: "a", text: "x", strokes: [stroke((1, 1), (2, 2.5))])])
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <ink xmlns="http://www.w3.org/2003/InkML">
                <definitions>
                <context xml:id="xy"><traceFormat><channel name="X" type="decimal"/><channel name="Y" type="decimal"/>\
                </traceFormat></context>
                <context xml:id="xyt"><traceFormat><channel name="X" type="decimal"/><channel name="Y" type="decimal"/>\
                <channel name="T" type="decimal" units="ms"/></traceFormat></context>
                </definitions>
                <traceGroup>
                <annotation type="UI">a</annotation>
                <annotation type="truth">x</annotation>
                <trace contextRef="#xy">1 1, 2 2.5</trace>
                </traceGroup>
                </ink>

                """)
    }
}
