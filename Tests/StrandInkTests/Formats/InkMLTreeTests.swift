import StrandBytes
import StrandInk
import TestSupport
import Testing

/// Groups, views, places and times of InkML.
@Suite struct InkMLTreeTests {
    private func repairs(_ text: String) throws -> (samples: [InkSample], repairs: String) {
        var reader = InkMLReader(memory(text))
        let samples = try reader.all()
        return (samples, "\(reader.takeRepairs())")
    }

    /// Views as in IAMonDo: the words have a text, and so has their line.
    @Test func theFinestLevelWithATextIsRead() throws {
        let samples = try inkML(
            """
            <ink><annotation type="writer">w</annotation><trace xml:id="a">1 1</trace><trace xml:id="b">2 2</trace>
            <trace xml:id="c">3 3</trace><trace xml:id="d">4 4</trace><trace xml:id="e">5 5</trace>
            <traceView><annotation type="type">Document</annotation><traceView><annotation type="type">Textline</annotation>
            <annotation type="transcription">one two</annotation>
            <traceView xml:id="w1"><annotation type="transcription">one</annotation><traceView traceDataRef="#a"/></traceView>
            <traceView><annotation type="transcription">two</annotation><traceView traceDataRef="#b"/>
            <traceView traceDataRef="#c"/></traceView></traceView>
            <traceView><annotation type="type">Drawing</annotation><traceView traceDataRef="#d"/></traceView></traceView></ink>
            """)
        #expect(
            samples == [
                InkSample(id: "w1", writer: "w", text: "one", strokes: [stroke((1, 1))]),
                InkSample(id: "test-2", writer: "w", text: "two", strokes: [stroke((2, 2)), stroke((3, 3))]),
                InkSample(id: "test-3", writer: "w", strokes: [stroke((4, 4))]),
                InkSample(id: "test", writer: "w", strokes: [stroke((5, 5))]),
            ])
    }

    @Test func groupsInGroups() throws {
        let samples = try inkML(
            """
            <ink><traceGroup><annotation type="style">MIXED</annotation>
            <traceGroup><annotation type="label">a</annotation><trace>1 1</trace></traceGroup>
            <traceGroup><annotation type="label">b</annotation><trace>2 2</trace></traceGroup></traceGroup></ink>
            """)
        #expect(
            samples == [
                InkSample(id: "test-1", text: "a", strokes: [stroke((1, 1))], style: "MIXED"),
                InkSample(id: "test-2", text: "b", strokes: [stroke((2, 2))], style: "MIXED"),
            ])
    }

    @Test func definitionsAreInkWhereTheyAreShown() throws {
        let samples = try inkML(
            """
            <ink><definitions><trace xml:id="a">1 1</trace><trace xml:id="b">2 2</trace>
            <traceGroup xml:id="g"><trace>3 3, 4 4</trace><trace>5 5</trace></traceGroup></definitions>
            <trace>0 0</trace><traceView traceDataRef="#b"/><traceView traceDataRef="#g"/></ink>
            """)
        #expect(samples.map(\.strokes) == [[stroke((0, 0)), stroke((2, 2)), stroke((3, 3), (4, 4)), stroke((5, 5))]])
        #expect(
            fault(InkMLReader(memory("<ink><definitions><trace>1 1</trace></definitions></ink>")))
                == "test: no ink; a document with strokes is expected")
    }

    private func shown(_ view: String) -> String {
        "<ink><definitions><trace xml:id=\"a\">0 0, 10 0, 20 0, 30 0</trace><traceGroup xml:id=\"g\"><trace>1 0, 2 0</trace>"
            + "<traceGroup><trace>3 0, 4 0, 5 0</trace><trace>6 0</trace></traceGroup></traceGroup></definitions>"
            + "\(view)</ink>"
    }

    @Test(arguments: [
        ("<traceView traceDataRef=\"#a\" from=\"2\" to=\"3\"/>", [[10, 20]]),
        ("<traceView traceDataRef=\"#a\" from=\"4\"/>", [[30]]),
        ("<traceView traceDataRef=\"#g\" to=\"1\"/>", [[1, 2]]),
        ("<traceView traceDataRef=\"#g\" from=\"1:2\" to=\"2:1:2\"/>", [[2], [3, 4]]),
        ("<traceView traceDataRef=\"#g\" from=\"2:1:3\"/>", [[5], [6]]),
        // A view of a part of a view.
        (
            "<traceView xml:id=\"v\"><traceView traceDataRef=\"#a\" from=\"2\"/></traceView>"
                + "<traceView traceDataRef=\"#v\" from=\"1:1\" to=\"1:2\"/>", [[10, 20, 30], [10, 20]]
        ),
    ]) func viewsShowParts(view: String, xs: [[Double]]) throws {
        #expect(try inkML(shown(view))[0].strokes.map { $0.map(\.x) } == xs)
    }

    @Test(arguments: [
        ("from=\"0\"", "'0'"), ("from=\"5\"", "'5 to '"), ("from=\"3\" to=\"2\"", "'3 to 2'"), ("to=\"x\"", "'x'"),
        ("to=\"1:1\"", "' to 1'"),
    ]) func rangesOutsideAreRefused(range: String, named: String) {
        let text = "\(named) where an index, from 1, of what the view shows is expected; fix or remove it"
        #expect(fault(InkMLReader(memory(shown("<traceView traceDataRef=\"#a\" \(range)/>")))).hasSuffix(text))
    }

    /// What a view refers to must be there, though it adds no ink.
    @Test func viewsOfNothingAreRefused() {
        let ink = "<ink><trace xml:id=\"a\">1 1, 2 2</trace>"
        #expect(
            fault(InkMLReader(memory(ink + "<traceView traceDataRef=\"#b\"/></ink>")))
                .contains("refers to '#b', which is not here"))
        #expect(
            fault(InkMLReader(memory(ink + "<traceView traceDataRef=\"#a\" from=\"2\" to=\"9\"/></ink>")))
                .contains("'2 to 9' where an index"))
    }

    /// X and Y in different units come out in one.
    @Test func unitsOfXAndY() throws {
        func ink(_ x: String, _ y: String) -> String {
            "<ink><traceFormat><channel name=\"X\" units=\"\(x)\"/><channel name=\"Y\" units=\"\(y)\"/></traceFormat>"
                + "<trace>1 2, 3 4</trace></ink>"
        }
        #expect(try inkML(ink("mm", "cm"))[0].strokes[0].map(\.y) == [20, 40])
        #expect(try inkML(ink("cm", "cm"))[0].strokes[0].map(\.y) == [2, 4])
        #expect(fault(InkMLReader(memory(ink("mm", "furlong")))).contains("furlong"))
    }

    @Test func viewsThatMultiplyAreRefused() {
        let doubling = (0..<40).map {
            "<traceView xml:id=\"v\($0 + 1)\"><traceView traceDataRef=\"v\($0)\"/><traceView traceDataRef=\"v\($0)\"/></traceView>"
        }
        let text = "<ink><definitions><trace xml:id=\"v0\">1 1</trace></definitions>\(doubling.joined())</ink>"
        #expect(fault(InkMLReader(memory(text))).contains("shows itself or too much; break the loop"))
        let loop =
            "<ink><definitions><trace>1 1</trace></definitions><traceView xml:id=\"v\" traceDataRef=\"#v\"/></ink>"
        #expect(fault(InkMLReader(memory(loop))) == "test: a view of '#v' shows itself or too much; break the loop")
    }

    @Test(arguments: [
        ("<channel name=\"X\"/><channel name=\"Y\" orientation=\"-ve\"/>", (1.0, -2.0)),
        ("<channel name=\"X\" orientation=\"-ve\"/><channel name=\"Y\" orientation=\"+ve\"/>", (-1.0, 2.0)),
    ]) func orientation(channels: String, place: (Double, Double)) throws {
        let samples = try inkML("<ink><traceFormat>\(channels)</traceFormat><trace>1 2</trace></ink>")
        #expect(samples[0].strokes == [stroke(place)])
    }

    private func mapped(_ transform: String) -> String {
        "<ink><definitions><canvasTransform xml:id=\"t\">\(transform)</canvasTransform>"
            + "<context xml:id=\"c\" canvasTransformRef=\"#t\"/></definitions>"
            + "<traceGroup contextRef=\"#c\"><trace>1 2</trace></traceGroup><trace>1 2</trace></ink>"
    }

    @Test func canvasTransforms() throws {
        let affine = "<mapping type=\"affine\"><affine>0 -1 10, 2 0 0,</affine></mapping>"
        let inverse = "<mapping type=\"affine\"><affine>0 .5 0, -1 0 10</affine></mapping>"
        #expect(try inkML(mapped(affine + inverse))[0].strokes == [stroke((8, 2)), stroke((1, 2))])
        #expect(try inkML(mapped("<mapping type=\"identity\"/>"))[0].strokes == [stroke((1, 2)), stroke((1, 2))])
        let inside =
            "<ink><context><canvasTransform><mapping type=\"affine\">1 0 0, 0 -1 0</mapping></canvasTransform></context>"
            + "<trace>1 2</trace></ink>"
        #expect(try inkML(inside)[0].strokes == [stroke((1, -2))])
        #expect(
            fault(InkMLReader(memory(mapped("<mapping type=\"mathml\"/>"))))
                == "test:1: a mapping of type 'mathml' is not read; give an affine one")
        #expect(
            fault(InkMLReader(memory(mapped("<mapping type=\"affine\"><affine>1 0 0 0, 0 1 0 0</affine></mapping>"))))
                == "test:1: a mapping of type 'affine, not 2 x 3' is not read; give an affine one")
    }

    private func timed(_ units: String, _ trace: String) -> String {
        "<ink><traceFormat><channel name=\"X\"/><channel name=\"Y\"/><channel name=\"T\" \(units)/></traceFormat>"
            + "<trace>\(trace)</trace></ink>"
    }

    @Test(arguments: [
        ("units=\"ns\"", "0 0 0, 0 0 1000000, 0 0 2500000", [0, 1, 2.5]), ("units=\"us\"", "0 0 1500", [1.5]),
        ("", "0 0 7", [7]), ("units=\"s\"", "0 0 0.07", [70]), ("units=\"min\"", "0 0 0.5", [30_000]),
        ("units=\"h\"", "0 0 1", [3_600_000]),
        ("units=\"ns\"", "0 0 1712907037806000000, 0 0 1712907037816000000", [0, 10]),
    ]) func unitsOfTime(units: String, trace: String, times: [Double]) throws {
        #expect(try inkML(timed(units, trace))[0].strokes[0].map(\.time) == times)
    }

    @Test func otherUnitsAreRefused() {
        #expect(
            fault(InkMLReader(memory(timed("units=\"dev\"", "0 0 0"))))
                == "test:1: times in 'dev', which is no known unit; give s, ms, us, ns, min or h")
    }

    /// Some apps write the time since 1970 there.
    @Test func offsetsOfTheWallClock() throws {
        let samples = try inkML(
            "<ink><trace timeOffset=\"1712907037806\">1 1</trace><trace timeOffset=\"1712907038056\">2 2</trace></ink>")
        #expect(samples[0].strokeStarts == [0, 250])
    }

    @Test func pointsPartedInOtherWays() throws {
        let lines = try repairs("<ink><trace>\n1 2\n\n 3  4 \n</trace><trace>5 6</trace></ink>")
        #expect(lines.samples[0].strokes == [stroke((1, 2), (3, 4)), stroke((5, 6))])
        #expect(lines.repairs == "1 trace with line ends, not commas, between points")
        let commas = try repairs("<ink><trace>1,2 3,-4</trace><trace>5,6</trace></ink>")
        #expect(commas.samples[0].strokes == [stroke((1, 2), (3, -4)), stroke((5, 6))])
        #expect(commas.repairs == "2 traces with commas inside points and blanks between them")
        let times = try repairs(
            "<ink><traceFormat><channel name=\"X\"/><channel name=\"Y\"/><channel name=\"T\"/></traceFormat>"
                + "<trace>1,2,0 3,4,10</trace></ink>")
        #expect(times.samples[0].strokes[0].map(\.time) == [0, 10])
        #expect(
            fault(InkMLReader(memory("<ink><trace>1 2 3 4</trace></ink>")))
                == "test:1: 4 values for points of X Y and no comma; part points by commas")
    }

    @Test(arguments: [
        ("<annotation type=\"label\">{\\bf x}</annotation><annotation type=\"normalizedLabel\">x</annotation>", "x"),
        ("<annotation type=\"textField\">x</annotation><annotation type=\"exampleId\">e1</annotation>", "x"),
    ]) func truthsOfOtherCollections(annotations: String, text: String) throws {
        #expect(try inkML("<ink>\(annotations)<trace>1 1</trace></ink>").map(\.text) == [text])
    }
}
