import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct IAMOnDBTests {
    let directory = TemporaryDirectory()

    private static let session = """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <WhiteboardCaptureSession><WhiteboardDescription><SensorLocation corner="top_left"/></WhiteboardDescription>
        <StrokeSet><Stroke colour="black"><Point x="1" y="2" time="0.07"/><Point x="3" y="4" time="0.06"/></Stroke>
        <Stroke/></StrokeSet></WhiteboardCaptureSession>
        """

    private func text(_ path: String) throws -> String? {
        try allSamples(IAMOnDBReader(.file(path)))[0].text
    }

    @Test func strokes() throws {
        let samples = try allSamples(IAMOnDBReader(memory(Self.session)))
        let expected = [[InkPoint(x: 1, y: 2, time: 70), InkPoint(x: 3, y: 4, time: 60)], []]
        #expect(samples == [InkSample(id: "test", strokes: expected)])
    }

    /// Files of whole forms have their lines inside.
    @Test(arguments: [
        "<Text>One\nTwo\n</Text><TextLine id=\"a-01\" text=\"One &amp; 1\"><Word text=\"One\"/></TextLine><TextLine text=\"Two\"/>",
        "<Text>\n One &amp; 1\n\nTwo\n</Text>",
    ]) func transcriptionsInsideTheInk(lines: String) throws {
        let session = Self.session.replacing(
            "<StrokeSet>", with: "<Transcription>\(lines)</Transcription><StrokeSet>")
        let path = directory.write(Array(session.utf8), to: "a-02.xml")
        _ = directory.write(Array("CSR:\nMine".utf8), to: "a-02.txt")
        #expect(try text(path) == "One & 1\nTwo")
    }

    @Test func transcriptionsBesideTheInk() throws {
        let path = directory.write(Array(Self.session.utf8), to: "a-02.xml")
        #expect(try text(path) == nil)
        _ = directory.write(Array("OCR:\n\nxx\n\nCSR:\n\nOne line\r\nTwo\n".utf8), to: "a.txt")
        #expect(try text(path) == "Two")
        _ = directory.write(Array("CSR:\nMine".utf8), to: "a-02.txt")
        #expect(try text(path) == "Mine")
        #expect(
            shell(
                "cd \(directory.path) && mkdir -p lineStrokes/a ascii/a && cp a-02.xml lineStrokes/a && cp a.txt ascii/a"
            ))
        #expect(try text(directory("lineStrokes/a/a-02.xml")) == "Two")
    }

    @Test func transcriptionsThatDoNotFit() {
        let path = directory.write(Array(Self.session.utf8), to: "a-02.xml")
        _ = directory.write(Array("CSR:\nOne\n".utf8), to: "a.txt")
        #expect(
            fault(IAMOnDBReader(.file(path)))
                == "\(directory("a.txt")): 1 line after 'CSR:' and line 2 is needed; is it the right file?")
        _ = directory.write(Array("One\n".utf8), to: "a.txt")
        #expect(
            fault(IAMOnDBReader(.file(path))) == "\(directory("a.txt")): no line 'CSR:'; is it the right file?")
    }

    @Test func faults() {
        func point(_ attributes: String) -> String {
            fault(
                IAMOnDBReader(
                    memory(
                        "<WhiteboardCaptureSession>\n<Stroke><Point \(attributes)/></Stroke>"
                            + "</WhiteboardCaptureSession>")))
        }
        #expect(point("x=\"1\"") == "test:2: no member \"x or y\"; is this ink?")
        #expect(point("x=\"1\" y=\"inf\"") == "test:2: 'inf' is not a number; fix or remove it")
        #expect(
            point("x=\"1\" y=\"1e99\"") == "test:2: '1e99' is larger than ink can be (1e12); fix or remove it")
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func specimens() throws {
        for name in InkSpecimens.expected.keys {
            let samples = try allSamples(IAMOnDBReader(.file(InkSpecimens.path("specimens/\(name).iamondb.xml"))))
            #expect(samples.count == 1 && InkSpecimens.holds(samples[0], name), "\(name)")
        }
    }
}

@Suite struct XournalTests {
    private func document(_ pages: String) -> String { "<?xml version=\"1.0\"?>\n<xournal>\n\(pages)</xournal>" }

    @Test func pages() throws {
        let text = document(
            """
            <page><layer><text>Format: label: none</text></layer></page>
            <page><layer><text> label: Hello &amp; you </text><text>sample_name: hello</text>
            <stroke tool="pen">
            1 2 3 4 </stroke><stroke tool="highlighter">9 9</stroke></layer><layer><stroke tool="pen"/></layer></page>
            <page><layer><stroke>5 6</stroke></layer></page>

            """)
        let source = ByteSource.memory(Gzip.compress(Array(text.utf8)), name: "notes.xopp")
        #expect(
            try allSamples(XournalReader(source)) == [
                InkSample(
                    id: "hello", text: "Hello & you", strokes: [stroke((1, 2), (3, 4)), []],
                    unitsPerMillimetre: 72 / 25.4),
                InkSample(id: "notes-3", strokes: [stroke((5, 6))], unitsPerMillimetre: 72 / 25.4),
            ])
    }

    /// What is not of the pen is left out, and counted where it is all there is too.
    @Test func otherToolsAreCounted() throws {
        let pages = document(
            "<page><stroke tool=\"eraser\">1 2</stroke><stroke tool=\"highlighter\">1 2</stroke></page>"
                + "<page><stroke tool=\"highlighter\">1 2</stroke><stroke tool=\"pen\">1 2</stroke></page>")
        var reader = XournalReader(memory(pages))
        #expect(try reader.all().map(\.strokes) == [[stroke((1, 2))]])
        #expect(
            "\(reader.takeRepairs())"
                == "1 stroke of an eraser: left out; 2 strokes of another tool than a pen: left out "
                + "(highlighter)")
    }

    /// Notes of a person may begin like the labels of OnlineHTR.
    @Test func severalLabelsAreNotes() throws {
        let page = "<page><text>label: x axis</text><text>label: y axis</text><stroke>1 2</stroke></page>"
        var reader = XournalReader(memory(document(page)))
        #expect(try reader.all().map(\.text) == [nil])
        #expect("\(reader.takeRepairs())" == "2 labels beside others on a page: taken as notes")
    }

    /// Xournal wrote numbers as the language of the desktop has them.
    @Test func decimalCommas() throws {
        var reader = XournalReader(memory(document("<page><stroke>1,5 2 3,25 4</stroke></page>")))
        #expect(try reader.all().map(\.strokes) == [[stroke((1.5, 2), (3.25, 4))]])
        #expect("\(reader.takeRepairs())" == "2 numbers with a decimal comma")
    }

    /// The page comes after the fault, without the stroke.
    @Test func aFaultyStrokeIsTheOnlyLoss() throws {
        let text = document(
            "<page><stroke>1 2</stroke></page>\n<page><stroke>3 nan</stroke>\n<stroke>5 6</stroke></page>")
        var reader = XournalReader(.memory(Gzip.compress(Array(text.utf8)), name: "a.xopp"))
        #expect(try reader.next()?.strokes == [stroke((1, 2))])
        let error = try #require(throws: FormatError.self) { _ = try reader.next() }
        #expect("\(error)" == "a.xopp:4 (unpacked): record a-2: 'nan' is not a number; fix or remove it")
        #expect(error.problem.isOfRecord)
        #expect(try reader.next()?.strokes == [stroke((5, 6))])
        #expect(try reader.next() == nil)
    }

    /// A package of Xournal++: its document is `content.xml` in a zip archive.
    @Test(arguments: ["content.xml", "other.xml"]) func packages(name: String) throws {
        func entry(_ name: String, _ text: String) -> [UInt8] {
            let checksum = [UInt8](Gzip.compress(Array(text.utf8)).suffix(8).prefix(4))
            func number(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 0xFF) } }
            let sizes = number(text.utf8.count, 4) + number(text.utf8.count, 4)
            return [0x50, 0x4B, 3, 4] + number(20, 2) + number(0, 8) + checksum + sizes
                + number(name.utf8.count, 2) + number(0, 2) + Array(name.utf8) + Array(text.utf8)
        }
        let package =
            entry("mimetype", "application/xournal++") + entry(name, document("<page><stroke>1 2</stroke></page>"))
        let reader = InkFileReader(.memory(package, name: "a.xopp"))
        let expected =
            name == "content.xml"
            ? "1 samples" : "a.xopp: a zip archive without a file 'content.xml' that can be read; unpack it first"
        #expect(fault(reader) == expected)
        #expect(
            fault(InkFileReader(.memory(Array(package.dropLast(9)), name: "a.xopp"))).hasSuffix(
                "zip data end too early; fetch or pack the file again"))
    }

    @Test(arguments: [
        (
            "<page><stroke>1 2 3</stroke></page>",
            "test:3: record test-1: 3 values for points of x y; give each point all of them"
        ),
        ("<page><stroke>1 nan</stroke></page>", "test:3: record test-1: 'nan' is not a number; fix or remove it"),
        ("<page><stroke>1,2,3 4</stroke></page>", "test:3: record test-1: '1,2,3' is not a number; fix or remove it"),
        ("<page/>", "test: no ink; a document with strokes is expected"),
    ]) func faults(pages: String, message: String) {
        #expect(fault(XournalReader(memory(document(pages)))) == message)
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func specimens() throws {
        for (name, expected) in InkSpecimens.expected {
            let samples = try allSamples(XournalReader(.file(InkSpecimens.path("specimens/\(name).xopp"))))
            #expect(samples.count == 1 && samples[0].text == expected.text, "\(name)")
            // A dot of one point is written as two.
            #expect(samples[0].strokes.count == expected.strokes && samples[0].pointCount - expected.points < 2)
        }
        let pages = try allSamples(XournalReader(.file(InkSpecimens.path("xournal/onlinehtr-2024-02-16.xoj"))))
        #expect(pages.prefix(3).map(\.text) == ["Hello World!", "Linda", "Martin"])
        #expect(pages.prefix(3).map(\.id) == ["hello_world", "linda", "martin"])
    }
}
