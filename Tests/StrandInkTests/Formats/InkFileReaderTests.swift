import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct InkFileReaderTests {
    let directory = TemporaryDirectory()

    static let files: [(text: String, format: InkFormat)] = [
        ("{\"id\":\"a\",\"strokes\":[[[1,2]]]}", .jsonLines),
        ("\n {\"word\":\"strokes\",\"drawing\":[[[1],[2]]]}", .quickDraw),
        (
            "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <xournal> -->\n<p:ink xmlns:p=\"u\"><trace>1 2</trace></p:ink>",
            .inkML
        ),
        (
            "<WhiteboardCaptureSession><Stroke><Point x=\"1\" y=\"2\"/></Stroke></WhiteboardCaptureSession>",
            .iamOnDB
        ),
        ("<xournal><page><stroke>1 2</stroke></page></xournal>", .xournal),
        ("\n.COMMENT x\n.PEN_DOWN\n1 -2\n", .unipen),
        ("// x\nWORD a s\nNUMSTROKES 1\nPOINTS 1 # 1 2", .ujiPenCharacters),
        ("t,x,y\r\n,1,2", .pointerEvents), ("[\n {\"strokes\":[[[1,2]]]}\n]", .jsonLines),
        ("[{\"word\":\"a\",\"drawing\":[[[1],[2]]]}]", .quickDraw),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"none\" stroke=\"red\" d=\"M1 2\"/></svg>", .svg),
        (
            """
            {"version":"0.9.4","data":{"engine_snapshot":{"document":{"layout":"infinite"},"stroke_components":[\
            {"value":{"brushstroke":{"path":{"start":{"pos":[1,2],"pressure":0.5},"segments":[]},"style":{}}},"version":1}]}}}
            """, .rnote
        ),
        (
            """
            {"type":"Text","label":"l","words":[{"label":"l","items":[{"type":"stroke","X":[1],"Y":[2],"F":[0.5],"T":[0]}]}],
            "version":"3","id":"MainBlock"}
            """, .jiix
        ),
        ("START\n1,-2,0\nBREAK\n", .omniglot), ("1\n1 -2 0 1 2200 520 300\n", .svc),
    ]

    @Test(arguments: files.indices) func formatsAreToldByTheirStart(index: Int) throws {
        let (text, format) = Self.files[index]
        for bytes in [Array(text.utf8), Gzip.compress(Array(text.utf8))] {
            var reader = InkFileReader(.memory(bytes, name: "test"))
            let sample = try reader.next()
            #expect(sample?.strokes.map { $0.map(\.position) } == [[[1, 2]]])
            #expect(reader.format == format)
            #expect(try reader.next() == nil)
        }
    }

    @Test func theMemberMayComeLate() throws {
        let text = "{\"word\":\"\(String(repeating: "a", count: 3000))\",\"drawing\":[]}"
        var reader = InkFileReader(memory(text))
        _ = try reader.next()
        #expect(reader.format == .quickDraw)
    }

    @Test func aFormatGivenIsNotDetected() {
        let reader = InkFileReader(memory("{\"strokes\":[]}"), format: .quickDraw)
        #expect(fault(reader) == "test:1: record 1: no member \"drawing\"; is this ink?")
    }

    @Test(arguments: [
        ("", "test: no ink; a file with strokes is expected"),
        ("\n\n", "test: no ink; a file with strokes is expected"),
        (">a\nMKV\n", "test: no known format of ink"),
        ("a,b\n1,2\n", "test: no known format of ink"),
        ("<!-- only a comment -->", "test: no known format of ink"),
        (
            "<note/>",
            "test: 'note' where an element 'ink', 'WhiteboardCaptureSession', 'xournal' or 'svg' is expected; "
                + "fix or remove it"
        ),
        (
            "<?xml version=\"1.0\"?><!DOCTYPE ink SYSTEM \"ink.dtd\"><ink/>",
            "test: a document type declaration ('<!DOCTYPE') is refused; remove it"
        ),
        ("{\"strokes\":[}", "test:1: an array expected at column 13; fix or remove the line"),
    ]) func faults(text: String, message: String) {
        #expect(fault(InkFileReader(memory(text))) == message)
    }

    /// As spreadsheets write "Unicode text".
    @Test func textInUTF16IsNamed() throws {
        let text = "\u{FEFF}X\tY\r\n1\t2\r\n"
        let bytes = text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let named = "text in UTF-16; convert it with 'iconv -f UTF-16 -t UTF-8 test'"
        #expect(fault(InkFileReader(memory(bytes))) == "test: is \(named)")
        let ofTexts = message { () throws(FormatError) in
            var reader = TextReader(memory(bytes))
            _ = try reader.next()
        }
        #expect(ofTexts == "test: \(named)")
        #expect(
            TextProblem.utf16.description(in: "a.csv.gz")
                == "text in UTF-16; convert it with 'gzip -dc a.csv.gz | iconv -f UTF-16 -t UTF-8'")
    }

    @Test func filesThatCannotBeRead() {
        #expect(fault(InkFileReader(.file("none.jsonl"))) == "none.jsonl: no such file; check the path")
        #expect(fault(InkFileReader(.file("/tmp"))) == "/tmp: is a directory; name a file")
    }

    @Test func skippedIncludesAreTold() throws {
        let path = directory.write(Array(".INCLUDE none.doc\n.PEN_DOWN 1 1\n".utf8), to: "a.dat")
        var reader = InkFileReader(.file(path), unipen: UNIPENOptions(skipsMissingIncludes: true))
        _ = try reader.next()
        #expect("\(reader.takeRepairs())" == "1 included file not found: skipped (none.doc)")
    }
}
