import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct LabelledFASTAErrorTests {
    private static let empty = "header without a sequence; add the sequence or remove the record"
    private static let hint = "is this plain FASTA? a labelled record has three lines"

    @Test(arguments: [
        ("", "test: no records; a '>' header and a sequence are expected"),
        (">a\n", "test:1: record a: \(empty)"),
        (">a\n\n\n", "test:1: record a: \(empty)"),
        (">a\nM\nH\n>b\n>c\nM\nH\n", "test:4: record b: \(empty)"),
        (">a\n*\nC\n", "test:1: record a: \(empty)"),
        ("MKV\n", "test:1: 'M' before the first '>' header; is this FASTA?"),
        (">a\nMKV\n", "test:2: record a: no label line; \(hint)"),
        (">a\nMKV\n>b\nLLA\n", "test:2: record a: no label line; \(hint)"),
        (">a\nMKV\n\n>b\n", "test:2: record a: no label line; \(hint)"),
        (">a\nMK\nHM\n", "test:3: record a: label 'M' at column 2 is not one of HGIEBTSC-; \(hint)"),
        (">a\nMK\nHH\nCCC\n", "test:4: record a: 'C' where a '>' header is expected; \(hint)"),
        (
            ">a\nMK\nHH\n11\n",
            "test:4: record a: a fourth line as long as the labels, such as a mask; a labelled record has three: "
                + "header, sequence, labels"
        ),
        (
            ">a\nMK\nHHH\n",
            "test:3: record a: 3 labels for 2 residues; give one label a residue, '-' where there is none"
        ),
        (
            ">a\nMK*\nHH\n",
            "test:3: record a: 2 labels for 3 residues; give one label a residue, '-' where there is none"
        ),
        (">a\nM-K\nHHH\n", "test:2: record a: gap '-' at column 2 of the sequence; remove it and its label"),
        (
            ">a\nM\nH\n>b\nM4\nHH\n",
            "test:5: record b: '4' at column 2 of the sequence; only letters and '*' are accepted"
        ),
        (">a\nMK\nH H\n", "test:3: record a: blank at column 2; remove it"),
        (">a\nMK\nH\u{1}\n", "test:3: record a: byte 0x01 at column 2 is not text; is the file of the right kind?"),
        (">a\nMK\nH\rH\n", "test:3: record a: carriage return at column 2; end lines with LF or CRLF"),
        (">a\nMK\nHH\n\0\n", "test:4: record a: byte 0x00 at column 1 is not text; is the file of the right kind?"),
        (">a\nMK\nHH\n;x\n", "test:4: record a: comment line (';'); remove it"),
    ])
    func text(input: String, expected: String) {
        for source in [memory(input), memory(Gzip.compress(Array(input.utf8)))] {
            #expect(message { () throws(FormatError) in _ = try readLabelled(source) } == expected)
        }
    }

    @Test func damagedGzip() {
        var bytes = Gzip.compress(Array(">a\nMKV\nHHH\n".utf8))
        let truncated = Array(bytes.dropLast(9))
        bytes[bytes.count - 8] ^= 1
        #expect(
            message { () throws(FormatError) in _ = try readLabelled(memory(truncated)) }
                == "test: gzip data end too early; fetch or compress the file again")
        #expect(
            message { () throws(FormatError) in _ = try readLabelled(memory(bytes)) }
                == "test: corrupt gzip data (incorrect data check); fetch or compress the file again")
    }

    @Test func missingFileAndDirectory() {
        let directory = TemporaryDirectory()
        for (path, expected) in [
            (directory("no"), "no such file; check the path"), (directory.path, "is a directory; name a file"),
        ] {
            #expect(message { () throws(FormatError) in _ = try readLabelled(.file(path)) } == "\(path): \(expected)")
        }
    }

    @Test func unequalLengthsAreOurFault() async {
        await #expect(processExitsWith: .failure) {
            _ = LabelledFASTARecord(header: [], sequence: [77], labels: [])
        }
    }
}
