import StrandBytes
import TestSupport
import Testing

@Suite struct PredictedChainErrorTests {
    private static let formats =
        "labelled FASTA, Strand's tsv or jsonl, PSIPRED's .ss2 or .horiz, NetSurfP's CSV, a table of sequences and "
        + "labels, DSSP's own format or mmCIF"
    private static let plain = "is FASTA without labels; a labelled record has three lines: header, sequence, labels"
    private static let tsv = "id\tposition\tresidue\tstate\tP(H)\n"
    private static let nsp = "id,seq,n,q3,p[q3_H]\n"
    private static let ss2 = "# PSIPRED VFORMAT (PSIPRED V4.0)\n\n"
    private static let row = "   1 M C   1.000  0.000  0.000\n"
    private static let horiz = "# PSIPRED HFORMAT (PSIPRED V4.0)\n\n"

    private static let other: [(String, String)] = [
        ("", "test: no chains; give \(formats)"),
        (" \r\n\n", "test: no chains; give \(formats)"),
        ("  1 M C 0.9\n", "test: no known format of chains with labels; give \(formats)"),
        (">a\nHHH\n", "test: \(plain)"),
        (">a\nHHH\n>b\nCC\n", "test: \(plain)"),
        (
            ">a\nMKV\nHHC\n>b\nMK\n",
            "test:5: record b: no label line; is this plain FASTA? a labelled record has three lines"
        ),
        (
            ">a\nMKVK\nHHCC\n1100\n",
            "test:4: record a: a fourth line as long as the labels, such as a mask; a labelled record has three: "
                + "header, sequence, labels"
        ),
        (
            ">a\nM\nH\n>b\nMK\nH\n>c\nM\nH\n",
            "test:6: record b: 1 label for 2 residues; give one label a residue, '-' where there is none"
        ),
    ]

    private static let tables: [(String, String)] = [
        (tsv, "test: no chains; give \(formats)"),
        (tsv + "a\t1\tM\tC\n", "test:2: 4 cells where the first row has 5; fix or remove the row"),
        (tsv + "a\t2\tM\tC\t0\n", "test:2: record a: '2' where position 1 is expected; fix or remove it"),
        (
            tsv + "a\t1\tM\tC\t0\na\t3\tM\tC\t0\n",
            "test:3: record a: '3' where position 2 is expected; fix or remove it"
        ),
        (
            tsv + "a\t1\tM\tC\t0\nb\t2\tM\tC\t0\n",
            "test:3: record b: '2' where position 1 is expected; fix or remove it"
        ),
        (tsv + "a\t+1\tM\tC\t0\n", "test:2: record a: '+1' where position 1 is expected; fix or remove it"),
        (
            tsv + "a\0b\t1\tM\tC\t0\n",
            "test:2: 'a\u{FFFD}b' where an id, a line of text, is expected; fix or remove it"
        ),
        (
            tsv + "a\t1\tMK\tC\t0\n",
            "test:2: record a: 'MK' where the letter of a residue is expected; fix or remove it"
        ),
        (tsv + "a\t1\t-\tC\t0\n", "test:2: record a: '-' where the letter of a residue is expected; fix or remove it"),
        (tsv + "a\t1\tM\t\t0\n", "test:2: record a: '' where the letter of a state is expected; fix or remove it"),
        (tsv + "a\t1\tM\tC\tnan\n", "test:2: record a: 'nan' is not a number; fix or remove it"),
        (tsv + "a\t1\tM\tC\t1e99\n", "test:2: record a: '1e99' is not a number; fix or remove it"),
        (nsp, "test: no chains; give \(formats)"),
        (nsp + "a,M,1,C\n", "test:2: 4 cells where the first row has 5; fix or remove the row"),
        (nsp + "a,M,1,C,1,2\n", "test:2: 6 cells where the first row has 5; fix or remove the row"),
        (nsp + "a,M,1,C,\n", "test:2: record a: '' is not a number; fix or remove it"),
        (nsp + "a,M,1,C,0\na,M,1,C,inf\n", "test:3: record a: 'inf' is not a number; fix or remove it"),
        (nsp + "\"a,M,1,C,0\n", "test:2: the file ends where a closing '\"' is expected; is it whole?"),
    ]

    private static let objects: [(String, String)] = [
        (
            "{\"id\":\"a\",\"ss\":\"H\"}\n",
            "test:1: record a: no member \"labels\" among 'id, ss'; an object has \"id\", \"labels\" and best \"sequence\""
        ),
        (
            "{\"labels\":\"H\"}",
            "test:1: no member \"id\" among 'labels'; an object has \"id\", \"labels\" and best \"sequence\""
        ),
        ("{\"id\":\"a\",\"labels\":\"\"}", "test:1: record a: a prediction without residues; remove it"),
        (
            "{\"id\":\"a\",\"labels\":\"H\"}\n{\"id\":1}\n",
            "test:2: a string expected at column 7; fix or remove the line"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"HH\",\"sequence\":\"M\"}",
            "test:1: record a: 2 labels for 1 residue; give one label a residue, '-' where there is none"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"H\",\"sequence\":\"4\"}",
            "test:1: record a: '4' at column 1 of the sequence; only letters and '*' are accepted"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"Hä\"}",
            "test:1: record a: byte 0xC3 at column 2 is not text; is the file of the right kind?"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"HH\",\"probabilities\":{\"H\":[1]}}",
            "test:1: record a: 1 probabilities of 'H' for 2 labels; give one a residue"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"H\",\"probabilities\":{\"HE\":[1]}}",
            "test:1: record a: one letter as the name of a state expected at column 46; fix or remove the line"
        ),
        (
            "{\"id\":\"a\",\"labels\":\"H\",\"probabilities\":{\"H\":[1e99]}}",
            "test:1: record a: a probability expected at column 50; fix or remove the line"
        ),
        (
            "{\"id\":\"a\\nb\",\"labels\":\"H\"}",
            "test:1: byte 0x0A at column 2 is not text; is the file of the right kind?"
        ),
        ("{\"id\":\"a\"", "test:1: record a: ',' or '}' expected at column 10; fix or remove the line"),
    ]

    private static let psipred: [(String, String)] = [
        (ss2, "test:1: record test: a prediction without residues; remove it"),
        (
            ss2 + "   1 M C   0.9  0.1\n",
            "test:3: record test: '   1 M C   0.9  0.1' where a row of index, residue, state and 3 probabilities is expected; fix or remove it"
        ),
        (ss2 + row + row, "test:4: record test: '1' where position 2 is expected; fix or remove it"),
        (ss2 + "   1 M C   1.000  -nan  0.000", "test:3: record test: '-nan' is not a number; fix or remove it"),
        (
            ss2 + row + ss2 + row,
            "test:4: a second prediction that names no chain; put a line '# >header' under this one, or give a file each"
        ),
        (ss2 + row + "# >b\n", "test:4: record test: '# >b' where '# PSIPRED VFORMAT' is expected; fix or remove it"),
        (
            ss2 + "# >b c\n" + row + horiz,
            "test:5: record b: '# PSIPRED HFORMAT (PSIPRED V4.0)' where '# PSIPRED VFORMAT' is expected; fix or remove it"
        ),
        (
            ss2 + "# >b\rc\n" + row,
            "test:3: record test: carriage return at column 3; end lines with LF or CRLF"
        ),
        (horiz, "test:1: record test: a prediction without residues; remove it"),
        (
            horiz + "Conf: 99\nPred: CC\n  AA: M\n",
            "test:5: record test: 2 labels for 1 residue; give one label a residue, '-' where there is none"
        ),
        (horiz + "Pred: CC\n", "test:3: record test: the file ends where a line 'AA:' is expected; is it whole?"),
        (
            horiz + "Conf: 9\nPred: C\nAA: M\n1\n",
            "test:6: record test: '1' where 'Conf:' or 'Pred:' is expected; fix or remove it"
        ),
        (
            horiz + "Conf: 9\nPred: C\nAA: M\nConf: 9\n",
            "test:6: record test: the file ends where a line 'Pred:' is expected; is it whole?"
        ),
        (
            horiz + "Pred: C\nAA: M\n10\n20\n",
            "test:6: record test: '20' where 'Conf:' or 'Pred:' is expected; fix or remove it"
        ),
        (horiz + "Pred: C\nPred: C\n", "test:4: record test: 'Pred: C' where 'AA:' is expected; fix or remove it"),
        (horiz + "Perd: C\n", "test:3: record test: 'Perd: C' where 'Conf:' or 'Pred:' is expected; fix or remove it"),
        (
            horiz + "Pred: C\nAA: 4\n",
            "test:4: record test: '4' where the letter of a residue is expected; fix or remove it"
        ),
        (
            horiz + "AA: M\n",
            "test:3: record test: 'AA: M' where 'Conf:' or 'Pred:' is expected; fix or remove it"
        ),
    ]

    @Test(arguments: other + tables + objects + psipred)
    func text(input: String, expected: String) {
        for source in [memory(input), memory(Gzip.compress(Array(input.utf8)))] {
            #expect(message { () throws(FormatError) in _ = try chains(source) } == expected)
        }
    }

    @Test(arguments: [
        ">a\nMKV\nHHH\n", tsv + "a\t1\tM\tC\t0\n", nsp + "a,M,1,C,0\n", "{\"id\":\"a\",\"labels\":\"H\"}\n", ss2 + row,
    ])
    func truncatedGzip(text: String) {
        let bytes = Array(Gzip.compress(Array(text.utf8)).dropLast(9))
        #expect(
            message { () throws(FormatError) in _ = try chains(memory(bytes)) }
                == "test: gzip data end too early; fetch or compress the file again")
    }

    @Test func missingFile() {
        let path = TemporaryDirectory()("no")
        #expect(
            message { () throws(FormatError) in _ = try chains(.file(path)) } == "\(path): no such file; check the path"
        )
    }
}
