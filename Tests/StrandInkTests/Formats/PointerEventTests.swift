import StrandInk
import StrandProteins
import TestSupport
import Testing

@Suite struct PointerEventTests {
    private func read(_ text: String) throws -> [InkSample] { try allSamples(PointerEventReader(memory(text))) }

    @Test func strokesByNumber() throws {
        let samples = try read("\u{FEFF}Time_s,Y,\"X\",stroke,other\r\n.5,2,1,a,\r\n0.25,4,3,a,9\r\n\r\n1,6,5,b,\r\n")
        #expect(
            samples == [
                InkSample(
                    id: "test",
                    strokes: [
                        [InkPoint(x: 1, y: 2, time: 500), InkPoint(x: 3, y: 4, time: 250)],
                        [InkPoint(x: 5, y: 6, time: 1000)],
                    ])
            ])
    }

    @Test func strokesByEvent() throws {
        let rows = [
            "pointermove 0", "pointerdown 1", "pointermove 2", "pointerup 2", "pointermove 3", "pointerdown 4",
            "pointerdown 5", "pointerrawupdate 6", "pointercancel 6",
        ]
        let text = rows.map { $0.replacing(" ", with: ";") + ";0;0" }.joined(separator: "\n")
        let samples = try read("type;clientX;clientY;pressure\n\(text)")
        #expect(samples[0].strokes.map { $0.map(\.x) } == [[1, 2], [4]])
    }

    @Test func strokesByPressure() throws {
        let samples = try read("x\ty\tpressure\n1\t0\t0.5\n2\t0\t.01\n3\t0\t0\n4\t0\t1\n5\t0\t\n")
        #expect(samples[0].strokes.map { $0.map(\.x) } == [[1, 2], [4, 5]])
        #expect(try read("x,y\n1,2\n3,4")[0].strokes == [stroke((1, 2), (3, 4))])
    }

    @Test func timesOfTheWallClockCountFromTheFirst() throws {
        let samples = try read("x,y,timestamp\n1,2,1712907037806.5\n1,2,1712907037816.5\n1,2,1712907037796.5\n1,2,\n")
        #expect(samples[0].strokes[0].map(\.time) == [0, 10, -10, nil])
    }

    @Test func tablesOfOnlineHTR() throws {
        let text = ",x,y,t,stroke_nr\n0,1.0,-5.0,1712907037.80,0.0\n1,2.0,0.0,1712907037.85,1.0\n"
        let strokes = try read(text)[0].strokes
        #expect(strokes == [[InkPoint(x: 1, y: 5, time: 0)], [InkPoint(x: 2, y: 0, time: 50)]])
        // With ink on both sides of the axis nothing shows that y grows upwards.
        #expect(try read("x,y,stroke_nr\n1,-5,0\n1,5,0")[0].strokes == [stroke((1, -5), (1, 5))])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let samples = [
            InkSample(
                id: "a,\"b\"", writer: "", text: "x\ny",
                strokes: [
                    [InkPoint(x: 0.5, y: -1, time: 3), InkPoint(x: 1, y: 2)], stroke((3, -4)),
                ]),
            InkSample(id: "2", strokes: [stroke((0, -5))]),
        ]
        var writer = try PointerEventWriter(.memory(name: "out"))
        for sample in samples { try writer.write(sample) }
        #expect(writer.losses.isEmpty)
        let bytes = try writer.finish()
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "sample,writer,text,stroke,x,y,t\n\"a,\"\"b\"\"\",\"\",\"x\ny\",0,0.5,-1,3\n"
                + "\"a,\"\"b\"\"\",\"\",\"x\ny\",0,1,2,\n\"a,\"\"b\"\"\",\"\",\"x\ny\",1,3,-4,\n2,,,0,0,-5,\n")
        #expect(try allSamples(PointerEventReader(memory(bytes))) == samples)
    }

    /// A quotation mark followed by a combining character is one `Character`.
    @Test func quotationMarksBeforeCombiningCharacters() throws {
        let sample = InkSample(id: "1", text: "say \"\u{301}a\"", strokes: [stroke((1, 2))])
        var writer = try PointerEventWriter(.memory(name: "out"))
        try writer.write(sample)
        let bytes = try writer.finish()
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\"say \"\"\u{301}a\"\"\",0,1,2,\n"))
        #expect(try allSamples(PointerEventReader(memory(bytes))) == [sample])
    }

    @Test func whatItCannotHoldIsCounted() throws {
        var writer = try PointerEventWriter(.memory(name: "out"))
        try writer.write(InkSample(id: "1", text: "a", strokes: [[]]))
        try writer.write(InkSample(id: "1", strokes: [stroke((1, 1)), []], unitsPerMillimetre: 2))
        try writer.write(InkSample(id: "1", strokes: [stroke((1, 1))]))
        #expect(
            writer.losses.description
                == "end of a sample 1, sample without points 1, stroke without points 1, units per mm 1")
    }

    @Test(arguments: [
        ("", "test: no ink; a table with columns x and y is expected"),
        ("x,y\n", "test: no ink; a table with columns x and y is expected"),
        ("a,b\n1,2", "test:1: channels 'a,b' lack X or Y; without both there is no ink"),
        ("x,y\n1,2\n1,2,3\n1,2", "test:3: 3 fields and the header has 2; fix the row"),
        ("x,y\n1,2\n1,NaN\n1,2", "test:3: record test: 'NaN' is not a number; fix or remove it"),
        ("x,y\n1e13,1", "test:2: record test: '1e13' is larger than ink can be (1e12); fix or remove it"),
        ("x,y,t\n1,1,soon", "test:2: record test: 'soon' is not a number; fix or remove it"),
        (
            "x,y,type\n1,1,click",
            "test:2: record test: 'click' where an event such as pointerdown, pointermove or pointerup is expected; "
                + "fix or remove it"
        ),
        ("x,y,text\n1,1,\"a\n\n", "test:2: the file ends where a closing '\"' is expected; is it whole?"),
    ]) func faults(text: String, message: String) {
        #expect(fault(PointerEventReader(memory(text))) == message)
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func specimens() throws {
        let expected = try #require(InkSpecimens.expected["s1"])
        let samples = try allSamples(PointerEventReader(.file(InkSpecimens.path("specimens/pointer-events.csv"))))
        #expect(samples.count == 1 && samples[0].strokes.count == expected.strokes)
        #expect(samples[0].pointCount == expected.points && samples[0].strokes[0][1].time == 10)
        let hello = try allSamples(PointerEventReader(.file(InkSpecimens.path("csv-onlinehtr/1_hello.csv"))))
        #expect(hello[0].strokes[0][0] == InkPoint(x: 177, y: 133, time: 0) && hello[0].pointCount == 308)
    }
}
