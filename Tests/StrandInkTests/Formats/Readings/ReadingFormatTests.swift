import StrandEngine
import StrandInk
import TestSupport
import Testing

@Suite struct ReadingFormatTests {
    private let reading = InkReading(
        text: "a \"b\"", probability: 0.75,
        characters: [
            .init(
                character: "a", probability: 0.9999996,
                ink: [.init(stroke: 0, points: 0...12), .init(stroke: 2, points: 3...3)], time: 10...20.5),
            .init(character: " ", probability: 0.5, ink: []),
        ],
        alternatives: [.init(text: "a \"b\"", probability: 0.75), .init(text: "a\tb", probability: 1e-9)])

    private func text(_ format: ReadingFormat, _ reading: InkReading) -> String {
        String(decoding: format.preamble + format.bytes(of: reading, InkSample(id: "s1", strokes: [])), as: UTF8.self)
    }

    @Test func textIsTheTextAlone() {
        #expect(text(.text, reading) == "a \"b\"\n")
        #expect(text(.text, .empty) == "\n")
    }

    @Test func tableHasARowAnAlternative() {
        #expect(
            text(.tsv, reading)
                == "id\trank\tprobability\ttext\ns1\t1\t0.750000\t\"a \"\"b\"\"\"\ns1\t2\t0.000000\ta\\tb\n")
        #expect(text(.tsv, .empty) == "id\trank\tprobability\ttext\ns1\t1\t1.000000\t\n")
    }

    /// Some readers of tables take a quotation mark at the start of a cell for a quotation, others one anywhere.
    @Test func cellsWithAQuotationMarkAreQuoted() {
        let quoted = InkReading(text: "\"a\" b", probability: 1, characters: [], alternatives: [])
        #expect(text(.tsv, quoted).hasSuffix("s1\t1\t1.000000\t\"\"\"a\"\" b\"\n"))
    }

    @Test func jsonNamesTheModel() {
        let maker = PredictionMaker(model: "mine", sha256: "0123456789abcdef")
        let line = String(
            decoding: ReadingFormat.jsonl.bytes(of: .empty, InkSample(id: "s1", strokes: []), maker: maker),
            as: UTF8.self)
        #expect(line.hasPrefix(#"{"id":"s1","model":"mine 0123456789ab","text":"","probability":"#))
    }

    @Test func jsonHasEverything() {
        #expect(
            text(.jsonl, reading)
                == #"{"id":"s1","text":"a \"b\"","probability":0.750000,"characters":["#
                + #"{"character":"a","probability":1.000000,"ink":[{"stroke":0,"points":[0,12]},"#
                + #"{"stroke":2,"points":[3,3]}],"time":[10,20.5]},"#
                + #"{"character":" ","probability":0.500000,"ink":[]}],"#
                + #""alternatives":[{"text":"a \"b\"","probability":0.750000},{"text":"a\tb","probability":0.000000}]}"#
                .replacing("\\t", with: "\\u0009") + "\n")
    }

    // MARK: Pages

    /// Two lines; units of 1/30 mm, so that a pixel is 30 / (300 / 25.4) units.
    private func page(unitsPerMillimetre: Double?) -> (InkReading, InkSample) {
        func character(_ text: Character, _ stroke: Int, _ probability: Double) -> InkReading.Character {
            .init(character: text, probability: probability, ink: [.init(stroke: stroke, points: 0...1)])
        }
        let blank = InkReading.Character(character: " ", probability: 1, ink: [])
        let reading = InkReading(
            text: "a< b\nc", probability: 1,
            characters: [
                character("a", 0, 0.999), character("<", 1, 0.5), blank, character("b", 2, 1), character("c", 3, 0.25),
            ],
            alternatives: [])
        let sample = InkSample(
            id: "n 1",
            strokes: [
                stroke((0, 0), (127, 254)), stroke((127, 127), (254, 127)), stroke((508, 0), (635, 254)),
                stroke((-254, 508), (0, 762)),
            ], unitsPerMillimetre: unitsPerMillimetre)
        return (reading, sample)
    }

    @Test func hocr() {
        let (reading, sample) = page(unitsPerMillimetre: 30)
        let text = String(decoding: ReadingFormat.hocr.bytes(of: reading, sample), as: UTF8.self)
        #expect(
            text == """
                <div class="ocr_page" title="bbox 0 0 350 300; scan_res 300 300; x_source 'n 1'">
                <span class="ocr_line" title="bbox 100 0 350 100"><span class="ocrx_word" title="bbox 100 0 200 100; \
                x_wconf 50">a&lt;</span> <span class="ocrx_word" title="bbox 300 0 350 100; x_wconf 100">b</span></span><br/>
                <span class="ocr_line" title="bbox 0 200 100 300"><span class="ocrx_word" title="bbox 0 200 100 300; \
                x_wconf 25">c</span></span><br/>
                </div>

                """)
        let start = String(decoding: ReadingFormat.hocr.preamble, as: UTF8.self)
        #expect(start.contains("content=\"strand \(strandVersion)\"") && start.hasSuffix("<body>\n"))
        #expect(ReadingFormat.hocr.closing == Array("</body>\n</html>\n".utf8))
    }

    @Test func alto() {
        let (reading, sample) = page(unitsPerMillimetre: 30)
        let text = String(decoding: ReadingFormat.alto.bytes(of: reading, sample), as: UTF8.self)
        #expect(
            text == """
                <Page ID="page.n_201" PHYSICAL_IMG_NR="1" WIDTH="350" HEIGHT="300"><PrintSpace HPOS="0" VPOS="0" WIDTH="350" \
                HEIGHT="300">
                <TextBlock ID="text.n_201" HPOS="0" VPOS="0" WIDTH="350" HEIGHT="300">
                <TextLine HPOS="100" VPOS="0" WIDTH="250" HEIGHT="100"><String CONTENT="a&lt;" HPOS="100" VPOS="0" WIDTH="100" \
                HEIGHT="100" WC="0.50"/><SP/><String CONTENT="b" HPOS="300" VPOS="0" WIDTH="50" HEIGHT="100" WC="1.00"/></TextLine>
                <TextLine HPOS="0" VPOS="200" WIDTH="100" HEIGHT="100"><String CONTENT="c" HPOS="0" VPOS="200" WIDTH="100" \
                HEIGHT="100" WC="0.25"/></TextLine>
                </TextBlock>
                </PrintSpace></Page>

                """)
    }

    /// Without a size a unit is a pixel, unless letters would be a few pixels high; a page without ink has no line.
    @Test func pixelsOfUnknownSize() {
        let (reading, sample) = page(unitsPerMillimetre: nil)
        func bytes(_ reading: InkReading, _ sample: InkSample) -> String {
            String(decoding: ReadingFormat.hocr.bytes(of: reading, sample), as: UTF8.self)
        }
        #expect(bytes(reading, sample).hasPrefix("<div class=\"ocr_page\" title=\"bbox 0 0 889 762; x_source 'n 1'\">"))
        var small = sample
        small.strokes = sample.strokes.map { $0.map { InkPoint(x: $0.x / 1000, y: $0.y / 1000) } }
        #expect(bytes(reading, small).hasPrefix("<div class=\"ocr_page\" title=\"bbox 0 0 89 77; x_source 'n 1'\">"))
        #expect(
            bytes(.empty, InkSample(id: "e", strokes: []))
                == "<div class=\"ocr_page\" title=\"bbox 0 0 1 1; x_source 'e'\">\n</div>\n")
    }
}
