import StrandEngine
import StrandInk
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
        String(decoding: format.preamble + format.bytes(of: reading, id: "s1"), as: UTF8.self)
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
        let line = String(decoding: ReadingFormat.jsonl.bytes(of: .empty, id: "s1", maker: maker), as: UTF8.self)
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
}
