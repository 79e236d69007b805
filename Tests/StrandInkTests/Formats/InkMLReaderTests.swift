import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct InkMLReaderTests {
    @Test func oneSampleADocument() throws {
        let samples = try inkML(
            """
            <?xml version="1.0"?>
            <ink xmlns="http://www.w3.org/2003/InkML">
            <traceFormat>
              <channel name="T" type="decimal" units="s"/><channel name="Y"/><channel name="F"/><channel name="X"/>
            </traceFormat>
            <annotation type="UI">u1</annotation>
            <annotation type="writer">w1</annotation>
            <annotation type="label">other</annotation>
            <annotation type="truth">a &lt; <![CDATA[b & c]]></annotation>
            <trace id="0">0.07 1 9 2, .08 3 9 -4,</trace>
            <trace id="1" type="penUp">0 0 0 0</trace>
            <trace id="2"></trace>
            <traceGroup xml:id="g"><annotation type="truth">\\lt</annotation><traceView traceDataRef="0"/></traceGroup>
            </ink>
            """)
        let expected = InkSample(
            id: "u1", writer: "w1", text: "a < b & c",
            strokes: [[InkPoint(x: 2, y: 1, time: 70), InkPoint(x: -4, y: 3, time: 80)], []])
        #expect(samples == [expected])
    }

    /// The example of the recommendation, 3.2.1: X and Y in values, first and second differences.
    @Test func differencesAndSeparators() throws {
        let samples = try inkML("<ink><trace>1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8,3 6</trace></ink>")
        #expect(samples[0].strokes[0].map(\.x) == [1125, 1148, 1178, 1211, 1251, 1297, 1349, 1404])
        #expect(samples[0].strokes[0].map(\.y) == [18432, 18475, 18510, 18540, 18567, 18596, 18633, 18676])
    }

    @Test func wildcardsSignsAndIntermittentChannels() throws {
        let samples = try inkML(
            """
            <ink><traceFormat><channel name="X"/><channel name="Y"/><intermittentChannels><channel name="S"/>
            <channel name="T"/></intermittentChannels></traceFormat>
            <trace>1 '2 T 5, * * * ?, !-3!#1F, - 1e1 +2.5, "1 '* F 7</trace></ink>
            """)
        let points = samples[0].strokes[0]
        #expect(points.map(\.x) == [1, 1, -3, -10, -16])
        #expect(points.map(\.y) == [2, 4, 31, 2.5, -26])
        #expect(points.map(\.time) == [5, nil, nil, nil, 7])
    }

    @Test func groupsWithTruthAreSamples() throws {
        let samples = try inkML(
            """
            <i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:annotation type="writer">w</i:annotation>
            <i:traceGroup><i:annotation type="UI">a</i:annotation><i:annotation type="truth">
              one
            </i:annotation><i:traceGroup><i:trace xml:id="t1" timeOffset="30">1 1</i:trace></i:traceGroup>
            <i:trace timeOffset="40.5">2 2</i:trace></i:traceGroup>
            <i:traceGroup xml:id="b"><i:annotationXML><transcription>two</transcription></i:annotationXML>
            <i:traceView traceDataRef="#t1"/></i:traceGroup>
            <i:traceGroup/>
            </i:ink>
            """)
        #expect(
            samples == [
                InkSample(
                    id: "a", writer: "w", text: "one", strokes: [stroke((1, 1)), stroke((2, 2))],
                    strokeStarts: [0, 10.5]),
                InkSample(id: "b", writer: "w", text: "two", strokes: [stroke((1, 1))], strokeStarts: [0]),
                InkSample(id: "test-3", writer: "w", strokes: []),
            ])
    }

    @Test func contextsSayTheFormat() throws {
        let samples = try inkML(
            """
            <ink><definitions>
            <traceFormat xml:id="f"><channel name="Y"/><channel name="X"/></traceFormat>
            <context xml:id="c1"><inkSource xml:id="s"><traceFormat><channel name="X"/><channel name="F"/><channel name="Y"/>
            </traceFormat></inkSource></context>
            <context xml:id="c2" traceFormatRef="#f"/>
            </definitions>
            <trace>1 2</trace><trace contextRef="#c1">1 9 2</trace><trace contextRef="#c2">2 1</trace>
            <traceGroup contextRef="#c2"><trace>2 1</trace></traceGroup>
            <context inkSourceRef="#s"/><trace>1 9 2</trace><trace contextRef="#DefaultContext">1 2</trace>
            <trace continuation="end">3 3 3</trace>
            </ink>
            """)
        #expect(samples[0].strokes == Array(repeating: stroke((1, 2)), count: 5) + [stroke((1, 2), (3, 3))])
    }

    @Test func timesOfTheWallClockCountFromTheFirst() throws {
        let format = "<traceFormat><channel name=\"X\"/><channel name=\"Y\"/><channel name=\"T\"/></traceFormat>"
        let samples = try inkML(
            "<ink>\(format)<trace>0 0 1712907037806, 0 0 1712907037816, 0 0 1712907037796</trace></ink>")
        #expect(samples[0].strokes[0].map(\.time) == [0, 10, -10])
    }

    @Test func aDocumentOfManyMegabytes() throws {
        let trace = "<trace>\(String(repeating: "1234 5678, ", count: 50_000))1 1</trace>\n"
        let samples = try inkML("<ink>\n\(String(repeating: trace, count: 24))</ink>")
        #expect(samples[0].strokes.map(\.count) == Array(repeating: 50_001, count: 24))
    }

    @Test func encodings() throws {
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><ink><annotation type='truth'>".utf8) + [0xE9]
        let rest = Array("</annotation><trace>1 1</trace></ink>".utf8)
        #expect(try allSamples(InkMLReader(.memory(latin + rest, name: "test")))[0].text == "é")
        let marked = [0xEF, 0xBB, 0xBF] + Array("<ink>\r\n<trace>1 1</trace></ink>".utf8)
        #expect(try allSamples(InkMLReader(.memory(Gzip.compress(marked), name: "test"))).count == 1)
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func specimens() throws {
        for name in InkSpecimens.expected.keys {
            for kind in ["xyt", "delta"] {
                let samples = try allSamples(InkMLReader(.file(InkSpecimens.path("specimens/\(name).\(kind).inkml"))))
                #expect(samples.count == 1 && InkSpecimens.holds(samples[0], name), "\(name).\(kind)")
            }
        }
        let office = try allSamples(InkMLReader(.file(InkSpecimens.path("inkml/msoffice-ink1.xml"))))
        #expect(office.count == 1 && office[0].strokes[0][0] == InkPoint(x: 32, y: 635))
    }
}
