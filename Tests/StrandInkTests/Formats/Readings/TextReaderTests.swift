import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct TextReaderTests {
    private func read(_ text: String) throws(FormatError) -> [NamedText] { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws(FormatError) -> [NamedText] {
        var reader = TextReader(memory(bytes))
        var texts: [NamedText] = []
        while let text = try reader.next() { texts.append(text) }
        return texts
    }

    @Test func plainLinesAreNumberedAndKeptAsTheyAre() throws {
        #expect(
            try read("one two\r\n\n {x}\n  ä ") == [
                NamedText(id: "1", text: "one two"), NamedText(id: "2", text: ""), NamedText(id: "3", text: " {x}"),
                NamedText(id: "4", text: "  ä "),
            ])
        #expect(try read("") == [])
    }

    @Test func tablesHaveNamedColumns() throws {
        let table = "rank\ttext\tid\twriter\n1\tone\\ttwo\\n\\\\three\ta\tw\n2\tnever\ta\tw\n\n1\t\tb\t\n"
        #expect(
            try read(table) == [
                NamedText(id: "a", text: "one\ttwo\n\\three", writer: "w"), NamedText(id: "b", text: nil),
            ])
    }

    @Test func jsonLinesMayBeInk() throws {
        let lines =
            "{\"strokes\":[[[1,2]]],\"text\":\"x\",\"id\":\"a\",\"writer\":\"w\"}\n\n{\"id\":\"b\",\"text\":null}\n"
        #expect(
            try read(lines) == [NamedText(id: "a", text: "x", writer: "w"), NamedText(id: "b", text: nil)])
        #expect(try read("[{\"id\":1,\"text\":\"x\",\"writer\":2}]") == [NamedText(id: "1", text: "x", writer: "2")])
        #expect(try read("{\n\"id\": \"a\"\n}") == [NamedText(id: "a", text: nil)])
    }

    /// Quoted cells may be empty texts; escapes are those of Strand's own tables.
    @Test func tablesAreQuotedByRFC4180() throws {
        #expect(
            try read("text;id\n\"a;\"\"b\"\"\";1\n\"\";2\n;3\n") == [
                NamedText(id: "1", text: "a;\"b\""), NamedText(id: "2", text: ""), NamedText(id: "3", text: nil),
            ])
        #expect(try read("id\ttext\na\t\\nu \"x\"\n") == [NamedText(id: "a", text: "\\nu \"x\"")])
    }

    @Test func sentencesAreNoHeaders() throws {
        for line in ["Dear id, text", "one, two", "[x] {y}", "{x}", "text", "id;name of it"] {
            #expect(try read(line) == [NamedText(id: "1", text: line)])
        }
    }

    @Test func kaldi() throws {
        var reader = TextReader(memory("u1 one  two \n\nu2\n u3\tx\n"), plain: .kaldi)
        #expect(
            try reader.all() == [
                NamedText(id: "u1", text: "one  two"), NamedText(id: "u2", text: ""), NamedText(id: "u3", text: "x"),
            ])
    }

    @Test func whatIsWrittenReadsBack() throws {
        let reading = InkReading(
            text: "\"a\tb\\n\"\nc", probability: 0.25, characters: [],
            alternatives: [.init(text: "\"a\tb\\n\"\nc", probability: 0.25), .init(text: "d", probability: 0)])
        for format in [ReadingFormat.tsv, .jsonl] {
            let bytes = format.preamble + format.bytes(of: reading, InkSample(id: "\"x\ty", strokes: []))
            #expect(try read(bytes) == [NamedText(id: "\"x\ty", text: reading.text)])
        }
    }

    @Test(arguments: [
        ("id\tword\n", "test:1: no column 'text' in the first row; name the columns there"),
        ("id\ttext\na\tb\tc\n", "test:2: 3 cells where the first row has 2; fix or remove the row"),
        ("{\"text\":\"a\"}", "test:1: no member \"id\"; is this ink?"),
        (
            "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":true}",
            "test:2: a string expected at column 7; fix or remove the line"
        ),
        ("id,text\na,\"b\n", "test:2: the file ends where a closing '\"' is expected; is it whole?"),
        ("[{\"id\":\"a\",\"text\":\"b\"},\n", "test:1: the file ends where ']' is expected; is it whole?"),
    ])
    func faultsNameTheLine(text: String, expected: String) {
        #expect(message { () throws(FormatError) in _ = try read(text) } == expected)
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(
            message { () throws(FormatError) in _ = try read([0x61, 10, 0xE4, 10]) }
                == "test:2: the line is not UTF-8; convert the file")
    }
}
