import StrandBytes
import TestSupport
import Testing

@testable import StrandInk

@Suite struct InkAnnotationTests {
    let directory = TemporaryDirectory()

    /// A reading of one character a stroke, a line a text.
    private func reading(_ lines: [[(Character, stroke: Int)]]) -> InkReading {
        InkReading(
            text: lines.map { String($0.map(\.0)) }.joined(separator: "\n"), probability: 1,
            characters: lines.flatMap { $0 }.map {
                .init(character: $0.0, probability: 1, ink: [.init(stroke: $0.stroke, points: 0...1)])
            }, alternatives: [])
    }

    private func annotated(_ text: String, _ name: String, _ readings: [InkReading]) throws -> String {
        let path = directory.write(Array(text.utf8), to: name)
        let samples = try allSamples(InkFileReader(.file(path)))
        try #require(samples.count == readings.count)
        let result = try InkAnnotation(path: path).annotated(Array(zip(samples, readings)))
        return String(decoding: result, as: UTF8.self)
    }

    private static let notes = """
        <?xml version="1.0" standalone="no"?>
        <!-- a comment with </page> -->
        <xournal version="0.4.8"><title>T &amp; co</title>
        <page width="100" height="200"><background type="solid" color="white" style="plain"/>
        <layer>
        <stroke tool="pen" color="black" width="1.41">1 2 30 42</stroke>
        <stroke tool="highlighter" color="black" width="9">1 1 2 2</stroke>
        <stroke tool="pen" color="black" width="1.41">5 100 45 110</stroke>
        </layer>
        </page>
        <page width="100" height="200"><background type="solid" color="white" style="plain"/><layer/></page>
        <page width="100" height="200"><layer><stroke tool="pen">7 8 9 10</stroke></layer></page>
        </xournal>
        """

    /// All else stays, pages without ink too.
    @Test func aLayerOnEachPage() throws {
        let readings = [reading([[("a", 0)], [("<", 1)]]), reading([[("é", 0)]])]
        let result = try annotated(Self.notes, "notes.xopp", readings)
        let first = """
            <layer name="Strand">
            <text font="Sans" size="10.0" x="1.0" y="42.0" color="#4a6fd0ff" ts="0" fn="">a</text>
            <text font="Sans" size="5.0" x="5.0" y="110.0" color="#4a6fd0ff" ts="0" fn="">&lt;</text>
            </layer>

            """
        let second = """
            <layer name="Strand">
            <text font="Sans" size="5.0" x="7.0" y="10.0" color="#4a6fd0ff" ts="0" fn="">&#233;</text>
            </layer>

            """
        #expect(result.contains(first + "</page>") && result.contains("</layer>" + second + "</page>"))
        #expect(result.replacing(first, with: "").replacing(second, with: "") == Self.notes)
        // Once more: the layers of the first time are replaced, and their texts are no true ones.
        #expect(try annotated(result, "again.xopp", readings) == result)
        let other = try annotated(result, "other.xopp", [reading([[("b", 0)], []]), reading([[]])])
        #expect(other.contains(">b</text>") && !other.contains(">a</text>") && !other.contains("&#233;"))
    }

    @Test func readTextsAreNoLabels() throws {
        let label = Array("label: x").enumerated().map { ($1, stroke: $0 == 6 ? 1 : 0) }
        let result = try annotated(Self.notes, "notes.xopp", [reading([label]), reading([[]])])
        #expect(result.contains(">label: x</text>"))
        let samples = try allSamples(XournalReader(memory(result)))
        #expect(samples.map(\.text) == [nil, nil])
    }

    /// The ink of a document that was compressed comes out compressed, and not otherwise.
    @Test func compression() throws {
        let text = Array(Self.notes.utf8)
        for (name, bytes) in [("p.xopp", text), ("z.xopp", Gzip.compress(text))] {
            let path = directory.write(bytes, to: name)
            let samples = try allSamples(XournalReader(.file(path)))
            let readings = samples.map { ($0, reading([[("a", 0)]])) }
            try InkAnnotation(path: path).write(readings, to: .file(directory("out.xopp")))
            #expect(directory.bytes(of: "out.xopp")?.starts(with: Gzip.magic) == (name == "z.xopp"))
            #expect(
                try allSamples(XournalReader(.file(directory("out.xopp")))).map(\.strokes) == samples.map(\.strokes))
        }
    }

    @Test func viewsOfTraces() throws {
        let text = """
            <i:ink xmlns:i="http://www.w3.org/2003/InkML">
            <i:trace>1 2, 3 4</i:trace>
            <i:trace type="penUp">9 9, 8 8</i:trace><i:trace xml:id="t&amp;2" >5 6, 7 8</i:trace>
            </i:ink>

            """
        let result = try annotated(text, "a.inkml", [reading([[("a", 0)], [("b", 1)]])])
        #expect(
            result == """
                <i:ink xmlns:i="http://www.w3.org/2003/InkML">
                <i:trace xml:id="strand-trace-1">1 2, 3 4</i:trace>
                <i:trace type="penUp">9 9, 8 8</i:trace><i:trace xml:id="t&amp;2" >5 6, 7 8</i:trace>
                <i:traceView xml:id="strand-line-1"><i:annotation type="reading">a</i:annotation>\
                <i:traceView traceDataRef="#strand-trace-1"/></i:traceView>
                <i:traceView xml:id="strand-line-2"><i:annotation type="reading">b</i:annotation>\
                <i:traceView traceDataRef="#t&amp;2"/></i:traceView>
                </i:ink>

                """)
        #expect(try annotated(result, "b.inkml", [reading([[("a", 0)], [("b", 1)]])]) == result)
        #expect(try inkML(result).map(\.text) == [nil])
    }

    @Test func whatHasNoPlaceForTexts() throws {
        let views = """
            <ink><definitions><trace xml:id="a">1 2, 3 4</trace></definitions><traceView traceDataRef="#a"/></ink>
            """
        #expect(
            message { () throws(FormatError) in
                let path = directory.write(Array(views.utf8), to: "v.inkml")
                _ = try InkAnnotation(path: path).annotated([(try inkML(views)[0], reading([[("a", 0)]]))])
            }?.hasSuffix(
                "v.inkml: its texts have no place in it: views, definitions or continued traces; convert it to InkML first"
            ) == true)
        for text in ["{\"strokes\":[[[1,2]]]}", "PK\u{3}\u{4} content.xml xopp", ""] {
            let path = directory.write(Array(text.utf8), to: "other")
            let found = message { () throws(FormatError) in _ = try InkAnnotation(path: path) }
            #expect(
                found?.hasSuffix(
                    "other: texts are written into documents of Xournal++ and InkML in UTF-8; convert it first") == true
            )
        }
    }
}
