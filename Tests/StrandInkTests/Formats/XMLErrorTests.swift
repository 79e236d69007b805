import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct XMLErrorTests {
    @Test(arguments: [
        ("", "test: no ink; an element 'ink' is expected"),
        ("<ink/>", "test: no ink; a document with strokes is expected"),
        (
            "<ink>\n<trace>1 1</tracer>\n</ink>",
            "test:2: malformed XML: an end tag that does not match its start tag; fix the file or fetch it again"
        ),
        (
            "<ink>\n<trace>1 1</trace>\n",
            "test:3: malformed XML: the document ends too early; fix the file or fetch it again"
        ),
        (
            "<ink>\n&lol;</ink>",
            "test:2: malformed XML: an entity that is not declared; fix the file or fetch it again"
        ),
        ("<svg>\n</svg>", "test:1: 'svg' where an element 'ink' is expected; fix or remove it"),
        ("<ink>\n<trace>1 NaN</trace></ink>", "test:2: 'NaN' is not a number; fix or remove it"),
        ("<ink>\n<trace>\n1 2, 3 x</trace></ink>", "test:2: 'x' is not a number; fix or remove it"),
        ("<ink><trace>1 1e13</trace></ink>", "test:1: '1 1e13' is larger than ink can be (1e12); fix or remove it"),
        ("<ink><trace>1 1 1</trace></ink>", "test:1: 3 values for points of X Y; give each point all of them"),
        ("<ink><trace>1 1,,1 1</trace></ink>", "test:1: 0 values for points of X Y; give each point all of them"),
        ("<ink><trace>1 ?</trace></ink>", "test:1: '?' where a value of X and Y is expected; fix or remove it"),
        (
            "<ink><traceFormat><channel name=\"X\"/></traceFormat><trace>1</trace></ink>",
            "test:1: channels 'X' lack X or Y; without both there is no ink"
        ),
        (
            "<ink><trace contextRef=\"#c\">1 1</trace></ink>",
            "test:1: refers to '#c', which is not here; fix the reference"
        ),
        (
            "<ink><traceGroup xml:id=\"a\"><annotation type=\"truth\">x</annotation><traceView traceDataRef=\"#t\"/>"
                + "</traceGroup></ink>",
            "test: refers to '#t', which is not here; fix the reference"
        ),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><ink/>",
            "test: XML encoded as 'UTF-7' is not read; convert it to UTF-8"
        ),
    ]) func inkMLFaults(text: String, message: String) {
        #expect(fault(InkMLReader(memory(text))) == message)
    }

    /// Text after a comment in another encoding is not read in that encoding.
    @Test func nothingIsReadAsUTF16() {
        // One byte of U+3E00 is '>'.
        let hidden = "<?xml version='1.0'?><!DOCTYPE \u{3E00}[<!ENTITY a '1 1'>]><ink><trace>&a;</trace></ink>"
        let text = Array("<!-- -->".utf8) + hidden.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(
            fault(InkMLReader(.memory(text, name: "test")))
                == "test:1: malformed XML: a character that is not allowed here, or bytes that are not in its encoding; "
                + "fix the file or fetch it again")
    }

    @Test func instructionsCommentsAndSections() throws {
        let text =
            "<?xml version='1.0'?>\n<ink><?x?><?y z\n?><!----><!-- <trace>&a; -->\n<trace a='>'>1 1<![CDATA[,2 2]]></trace>"
        #expect(try inkML(text + "</ink>")[0].strokes == [stroke((1, 1), (2, 2))])
        #expect(
            fault(InkMLReader(memory(text + "<a>\n<b/></ink>")))
                == "test:5: malformed XML: an end tag that does not match its start tag; fix the file or fetch it again"
        )
        let comment = Array("<ink>\n<!-- ".utf8) + [0xE9, 0xFF] + Array("--></ink>".utf8)
        #expect(
            fault(InkMLReader(.memory(comment, name: "test")))
                == "test:2: malformed XML: a character that is not allowed here, or bytes that are not in its encoding; "
                + "fix the file or fetch it again")
        #expect(
            fault(InkMLReader(memory("<ink a='\n<?x?>'/>")))
                == "test:2: malformed XML: a character that is not allowed here, or bytes that are not in its encoding; "
                + "fix the file or fetch it again")
        #expect(
            fault(InkMLReader(memory("<ink><?x")))
                == "test:1: malformed XML: the document ends too early; fix the file or fetch it again")
    }

    private static let bomb = """
        <?xml version="1.0"?>
        <!DOCTYPE ink [
        <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
        ]>
        <ink><annotation type="truth">&c;</annotation><trace>1 1</trace></ink>
        """

    @Test func declarationsAreRefused() {
        let external = "<!DOCTYPE ink [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<ink>&x;</ink>"
        let refusal = "a document type declaration ('<!DOCTYPE') is refused; remove it"
        #expect(fault(InkMLReader(memory(Self.bomb))) == "test:2: \(refusal)")
        #expect(fault(InkMLReader(memory(external))) == "test:1: \(refusal)")
        #expect(fault(IAMOnDBReader(memory(Self.bomb))) == "test:2: \(refusal)")
        #expect(fault(XournalReader(memory(external))) == "test:1: \(refusal)")
        // In another encoding too.
        let wide: [UInt8] = [0xFF, 0xFE] + Array(Self.bomb.utf8.map { [$0, 0] }.joined())
        #expect(fault(InkMLReader(.memory(wide, name: "test"))) == "test:2: \(refusal)")
    }

    @Test(arguments: [false, true]) func utf16(isBig: Bool) throws {
        let text =
            "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?><ink><annotation type='truth'>\u{E9}</annotation>"
            + "<trace>1 1</trace></ink>"
        let bytes = text.utf16.flatMap {
            isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        #expect(try allSamples(InkFileReader(.memory(bytes, name: "test"))).map(\.text) == ["\u{E9}"])
    }

    @Test func deepNestingIsRefused() {
        let deep = "<ink>\n" + String(repeating: "<traceGroup>", count: 100)
        #expect(fault(InkMLReader(memory(deep))) == "test:2: more than 100 nested elements; is this ink?")
    }

    @Test func truncatedGzip() {
        let bytes = Array(Gzip.compress(Array(Self.bomb.utf8)).dropLast(12))
        #expect(
            fault(XournalReader(.memory(bytes, name: "a.xopp")))
                == "a.xopp: gzip data end too early; fetch or compress the file again")
    }
}
