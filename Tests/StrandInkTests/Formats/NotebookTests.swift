import StrandBytes
import StrandInk
import TestSupport
import Testing

/// Notebooks of Rnote and exports of MyScript.
@Suite struct NotebookTests {
    private static func stroke(_ path: String) -> String {
        "{\"value\":{\"brushstroke\":{\"path\":\(path),\"style\":{\"smooth\":{}}}},\"version\":1}"
    }

    private static func start(_ x: Int, _ y: Int) -> String {
        "{\"start\":{\"pos\":[\(x),\(y)],\"pressure\":1},\"segments\":[]}"
    }

    private static func document(_ format: String, strokes: [String], moments: [String]) -> String {
        """
        {"version":"0.15.0","data":{"engine_snapshot":{"document":\(format),"camera":{"zoom":1},\
        "stroke_components":[\(strokes.joined(separator: ","))],"chrono_components":[\(moments.joined(separator: ","))],\
        "chrono_counter":9}}}
        """
    }

    private static func moment(_ time: Int, _ layer: String = "{\"user_layer\":0}") -> String {
        "{\"value\":{\"t\":\(time),\"layer\":\(layer)},\"version\":1}"
    }

    private static let none = "{\"value\":null,\"version\":0}"

    /// By page, and on a page by time; without a time last.
    @Test func pages() throws {
        let format =
            "{\"height\":9,\"config\":{\"format\":{\"height\":100,\"dpi\":254},\"layout\":\"continuous-vertical\"}}"
        let strokes = [(1, 10), (2, 250), (3, 20), (4, 30)].map { Self.stroke(Self.start($0.0, $0.1)) }
        let text = Self.document(
            format, strokes: [Self.none] + strokes + ["{\"value\":{\"shapestroke\":{\"shape\":{}}},\"version\":1}"],
            moments: [Self.none, Self.moment(8), Self.moment(2), Self.moment(3), Self.moment(5, "\"highlighter\"")])
        var reader = RnoteReader(memory(text))
        let samples = try reader.all()
        #expect(samples.map(\.id) == ["test-1", "test-3"] && samples[0].unitsPerMillimetre == 10)
        #expect(samples.map { $0.strokes.map { $0[0].x } } == [[3, 1], [2]])
        #expect(
            "\(reader.takeRepairs())" == "2 strokes of another tool than a pen: left out (highlighter, shapestroke)")
    }

    @Test func paths() throws {
        let path = """
            {"start":{"pos":[0,0]},"segments":[{"lineto":{"end":{"pos":[1,0],"pressure":0.2}}},\
            {"quadbezto":{"cp":[2,2],"end":{"pos":[3,0]}}},{"cubbezto":{"cp1":[3,2],"cp2":[5,2],"end":{"pos":[5,0]}}}]}
            """
        let old = """
            [{"dot":{"element":{"pos":[0,0],"pressure":0.1}}},{"line":{"start":{"pos":[0,0]},"end":{"pos":[1,0]}}},\
            {"quadbez":{"start":{"pos":[1,0]},"cp":[2,2],"end":{"pos":[3,0]}}},\
            {"cubbez":{"start":{"pos":[3,0]},"cp1":[3,2],"cp2":[5,2],"end":{"pos":[5,0]}}}]
            """
        for path in [path, old] {
            let text = Self.document("{\"layout\":\"infinite\"}", strokes: [Self.stroke(path)], moments: [])
            let samples = try allSamples(RnoteReader(memory(text)))
            let points = samples[0].strokes[0].map(\.position)
            #expect(samples[0].id == "test" && points.count == 34 && points[1] == [1, 0])
            #expect(points[9] == [2, 1] && points[17] == [3, 0] && points[25] == [4, 1.5] && points[33] == [5, 0])
        }
    }

    /// Versions until 0.5.8 keep what was thrown away.
    @Test func trash() throws {
        let text = """
            {"data":{"document":{"layout":"infinite"},"store_snapshot":{"trash_components":[{"value":{"trashed":true}},\
            {"value":{"trashed":false}}],"stroke_components":[\(Self.stroke(Self.start(1, 1))),\
            \(Self.stroke(Self.start(2, 2)))]}},"version":"0.5.5"}
            """
        #expect(try allSamples(RnoteReader(memory(text)))[0].strokes == [TestSupport.stroke((2, 2))])
    }

    @Test(arguments: [
        ("", "test: no ink; a document with strokes is expected"),
        ("{\"data\":{}}", "test: no ink; a document with strokes is expected"),
        ("{\"data\":3}", "test:1: an object expected at column 9; fix or remove the line"),
        (
            "{\"data\":{\"stroke_components\":[{\"value\":{\"brushstroke\":{\"path\":{\"start\":{\"pos\":[1]}}}}}]}}",
            "test:1: x and y before expected at column 82; fix or remove the line"
        ),
    ]) func faultsOfRnote(text: String, message: String) { #expect(fault(RnoteReader(memory(text))) == message) }

    /// Words stand in the order of reading; their strokes come in that of writing if all have a time.
    @Test func jiix() throws {
        func item(_ x: Int, _ start: String?) -> String {
            let time = start.map { "\"timestamp\":\"\($0)\"," } ?? ""
            return "{\"type\":\"stroke\",\(time)\"X\":[\(x),\(x)],\"Y\":[1,2],\"F\":[0,0.5],\"T\":[0,8]}"
        }
        func document(_ first: String?, _ second: String?) -> String {
            """
            {"type":"Text","bounding-box":{"x":1,"y":2,"width":3,"height":4},"label":"a b","words":[{"label":"a",
            "items":[\(item(1, first))]},{"label":" "},{"label":"b","items":[\(item(2, second)),{"type":"glyph"}]}],
            "id":"MainBlock","version":"3"}
            """
        }
        let late = document("2026-11-30 09:00:01.500000", "2026-11-30 08:59:59.000000")
        let sample = try allSamples(JIIXReader(memory(late)))[0]
        #expect(sample.id == "MainBlock" && sample.text == nil)
        #expect(
            sample.strokes == [
                [InkPoint(x: 2, y: 1, time: 0), InkPoint(x: 2, y: 2, time: 8)],
                [InkPoint(x: 1, y: 1, time: 2500), InkPoint(x: 1, y: 2, time: 2508)],
            ])
        let unknown = try allSamples(JIIXReader(memory(document("2026-11-30 09:00:01", nil))))[0]
        #expect(unknown.strokes.map { $0[0].x } == [1, 2] && unknown.strokes[1][1].time == 8)
    }

    @Test func olderExportsOfMyScript() throws {
        let text =
            "{\"xDPI\":96,\"strokeGroups\":[{\"strokes\":[{\"x\":[1,2],\"y\":[3,4],\"t\":[]},{\"x\":[5],\"y\":[6]}]}]}"
        let samples = try allSamples(InkFileReader(memory(text)))
        #expect(samples[0].strokes == [TestSupport.stroke((1, 3), (2, 4)), TestSupport.stroke((5, 6))])
    }

    @Test(arguments: [
        ("{\"type\":\"Text\",\"words\":[],\"id\":\"a\"}", "test:1: record a: no member \"X\"; is this ink?"),
        (
            "{\"items\":[{\"X\":[1,2],\"Y\":[1]}]}",
            "test:1: as many Y and T as X before expected at column 30; fix or remove the line"
        ),
    ]) func faultsOfJIIX(text: String, message: String) { #expect(fault(InkFileReader(memory(text))) == message) }
}
