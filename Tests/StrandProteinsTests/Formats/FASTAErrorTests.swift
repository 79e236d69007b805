import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct FASTAErrorTests {
    private func messageReading(_ source: ByteSource, ungap: Bool = false) -> String? {
        message { () throws(FormatError) in _ = try readFASTA(source, ungap: ungap) }
    }

    @Test(arguments: [
        ("", "test: no records; a '>' header and a sequence are expected"),
        ("\n \n", "test: no records; a '>' header and a sequence are expected"),
        (">a x\n", "test:1: record a: header without a sequence; add the sequence or remove the record"),
        (">", "test:1: header without a sequence; add the sequence or remove the record"),
        (">a\nM\n>b\n\n>c\nM", "test:3: record b: header without a sequence; add the sequence or remove the record"),
        (">a\n**\n", "test:1: record a: header without a sequence; add the sequence or remove the record"),
        ("MKV\n>a\nM\n", "test:1: 'M' before the first '>' header; is this FASTA?"),
        ("\n@r1\nACGT\n", "test:2: '@' before the first '>' header; is this FASTA?"),
        ("; old\n>a\nM\n", "test:1: comment line (';'); remove it"),
        (">a\n;old\nM\n", "test:2: record a: comment line (';'); remove it"),
        (
            ">a\nM\n>b\nMK\nV1L\n>c\nM\n",
            "test:5: record b: '1' at column 2 of the sequence; only letters and '*' are accepted"
        ),
        (
            ">x\nMKTAYIAK\n>a\nMKTAYIAKQRQ\nCCHHHHHHHCC\n",
            "test:3: record a: the second line looks like labels of the first, and the records before have none; put labelled FASTA into a file of its own"
        ),
        (">a\nM;K\n", "test:2: record a: ';' at column 2 of the sequence; only letters and '*' are accepted"),
        (">a\nM>K\n", "test:2: record a: '>' at column 2 of the sequence; only letters and '*' are accepted"),
        (">a\nMK-V\n", "test:2: record a: gap '-' at column 3 of the sequence"),
        (">a\n.MK\n", "test:2: record a: gap '.' at column 1 of the sequence"),
        (">a\nMK VL\n", "test:2: record a: blank at column 3; remove it"),
        (">a\n\tMK\n", "test:2: record a: blank at column 1; remove it"),
        (">a\nM\0K\n", "test:2: record a: byte 0x00 at column 2 is not text; is the file of the right kind?"),
        (">a\nMé\n", "test:2: record a: byte 0xC3 at column 2 is not text; is the file of the right kind?"),
        ("\u{7F}ELF\n", "test:1: byte 0x7F at column 1 is not text; is the file of the right kind?"),
        (">a\0\nM\n", "test:1: byte 0x00 at column 3 is not text; is the file of the right kind?"),
        (">a\rMKV\r>b\rM\r", "test:1: carriage return at column 3; end lines with LF or CRLF"),
        (
            ">a\u{1B}[2Jb\u{9B}c\n",
            "test:1: record a\u{FFFD}[2Jb\u{FFFD}c: header without a sequence; add the sequence or remove the record"
        ),
        (">a\nM\rK\n", "test:2: record a: carriage return at column 2; end lines with LF or CRLF"),
    ])
    func text(input: String, expected: String) {
        for chunkSize in [1, 1000] {
            let text = message { () throws(FormatError) in _ = try readFASTA(memory(input), chunkSize: chunkSize) }
            #expect(text == expected)
        }
        #expect(messageReading(memory(Gzip.compress(Array(input.utf8)))) == expected)
    }

    @Test func onlyGaps() {
        #expect(
            messageReading(memory(">a\n--\n"), ungap: true)
                == "test:1: record a: header without a sequence; add the sequence or remove the record")
    }

    @Test func recordsBeforeABadOneAreRead() throws {
        var reader = FASTAReader(memory(">a\nM\n>b\n1\n"))
        #expect(try reader.next() == fasta("a", "M"))
        var text: String?
        do throws(FormatError) { _ = try reader.next() } catch { text = error.description }
        #expect(text?.hasPrefix("test:4: record b: '1'") == true)
    }

    @Test func damagedGzip() {
        let bytes = Gzip.compress(Array(">a\nMKV\n".utf8))
        #expect(
            messageReading(memory(Array(bytes.dropLast())))
                == "test: gzip data end too early; fetch or compress the file again")
    }

    @Test func filesAreNamedAsTheUserNamedThem() {
        let directory = TemporaryDirectory()
        let path = directory.write(Array(">a\n7\n".utf8), to: "x.fa")
        #expect(messageReading(.file(path))?.hasPrefix("\(path):2: record a: '7'") == true)
        #expect(messageReading(.file(directory.path)) == "\(directory.path): is a directory; name a file")
        #expect(messageReading(.file(directory("no"))) == "\(directory("no")): no such file; check the path")
    }
}
