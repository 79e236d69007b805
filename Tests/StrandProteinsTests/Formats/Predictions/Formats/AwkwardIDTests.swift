import StrandEngine
import StrandProteins
import Testing

/// Ids with every awkward character, in each format: unchanged if the format can hold them.
@Suite struct AwkwardIDTests {
    private static let latin1: [UInt8] = Array("caf".utf8) + [0xE9]

    /// An id and how GFF3, BED and Stockholm name it; nil: unchanged.
    static let ids: [(id: [UInt8], gff3: String, bed: String?, stockholm: String?)] = [
        (Array("sp|P1|A_X.2:3*^$@!+?-".utf8), "sp|P1|A_X.2:3*^$@!+?-", nil, nil),
        (Array("a/b;c=d,e&f%41\"'\\(>".utf8), "a%2Fb%3Bc%3Dd%2Ce%26f%2541%22%27%5C%28%3E", nil, nil),
        (Array("caf\u{E9}".utf8), "caf%C3%A9", nil, nil),
        (latin1, "caf%E9", nil, nil),
        (Array("a\u{1}\u{B}\u{7F}b".utf8), "a%01%0B%7Fb", "a%01%0B%7Fb", "a%01%0B%7Fb"),
        (Array(">x".utf8), "%3Ex", nil, nil),
        (Array("#x".utf8), "%23x", "%23x", "%23x"),
        (Array("//".utf8), "%2F%2F", nil, "%2F/"),
        (Array("track".utf8), "track", "%74rack", nil),
        (Array("browser_1".utf8), "browser_1", "%62rowser_1", nil),
    ]

    @Test(arguments: ids.indices) func names(index: Int) {
        let test = Self.ids[index]
        let record = record(test.id + Array("\t rest".utf8), "H")
        func starts(_ format: PredictionFormat, line: Int, _ start: [UInt8]) {
            let lines = file(format, [record]).split(separator: UInt8(ascii: "\n"))
            #expect(lines[line].starts(with: start), "\(format) \(index)")
        }
        let raw = test.id
        let quoted = "\"a/b;c=d,e&f%41\"\"'\\(>\""
        starts(.tsv, line: 1, (raw.contains(UInt8(ascii: "\"")) ? Array(quoted.utf8) : raw) + Array("\t1\t".utf8))
        starts(.gff3, line: 1, Array("##sequence-region \(test.gff3) 1 1".utf8))
        starts(.gff3, line: 2, Array("\(test.gff3)\tstrand\t".utf8))
        starts(.bed, line: 0, (test.bed.map { Array($0.utf8) } ?? raw) + Array("\t0\t".utf8))
        let name = test.stockholm.map { Array($0.utf8) } ?? raw
        starts(.stockholm, line: 1, Array("#=GF ID ".utf8) + name)
        starts(.stockholm, line: 2, Array("#=GS ".utf8) + name + Array(" DE rest".utf8))
        starts(.stockholm, line: 3, name + Array("         A".utf8))
        starts(.stockholm, line: 4, Array("#=GR ".utf8) + name + Array(" SS H".utf8))
    }

    /// The whole header, byte for byte, if a format has room for it.
    @Test(arguments: [PredictionFormat.fasta, .blocks, .ss2, .horiz]) func headers(format: PredictionFormat) {
        for header in Self.ids.map(\.id) + [Array("  a\t> \"b\" # ".utf8), Self.latin1 + [0x20] + Self.latin1] {
            let lines = file(format, [record(header, "H")]).split(separator: UInt8(ascii: "\n"))
            let isPSIPRED = format == .ss2 || format == .horiz
            #expect(Array(lines[isPSIPRED ? 1 : 0]) == Array(isPSIPRED ? "# >".utf8 : ">".utf8) + header)
        }
    }

    @Test func emptyHeader() {
        #expect(
            text(.stockholm, record("", "H")).split(separator: "\n")[1...2] == ["#=GF ID record", "record         A"])
        #expect(text(.jalview, record(" ", "H")).contains("\nSEQUENCE_REF\trecord\n"))
        #expect(text(.tsv, record("", "H")).hasSuffix("\n\t1\tA\tH\t0.7500\t0.1250\t0.1250\n"))
        #expect(text(.ss2, record("", "H")).hasPrefix("# PSIPRED VFORMAT (Strand \(strandVersion))\n# >\n\n"))
    }
}
