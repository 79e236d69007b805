import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct PSIPREDTests {
    private static let vertical = """
        # PSIPRED VFORMAT (PSIPRED V4.0)

           1 M C   0.999  0.001  0.002
           2 x H   0.031  0.972  0.000

        """

    private static let horizontal = """
        # PSIPRED HFORMAT (PSIPRED V3.5)

        Conf: 9210
        Pred: CHE
          AA: MKV
              

        Conf: 9
        Pred: C
          AA: w
             10
        """

    @Test(arguments: [
        ("1aki.ss2", "1aki"), ("/x.y/sp|P1.v2.ss2.gz", "sp|P1.v2"), ("a.fasta", "a.fasta"), ("<stdin>", "stdin"),
    ])
    func theFileNamesTheChain(name: String, id: String) throws {
        for text in [Self.vertical, Self.vertical.replacing("\n", with: "\r\n"), String(Self.vertical.dropLast())] {
            for bytes in [Array(text.utf8), Gzip.compress(Array(text.utf8))] {
                var reader = ChainReader(.memory(bytes, name: name))
                #expect(
                    try allChains(&reader) == [
                        LabelledChain(
                            id: id, sequence: Array("Mx".utf8), labels: Array("CH".utf8), states: Array("CHE".utf8),
                            probabilities: [0.999, 0.001, 0.002, 0.031, 0.972, 0])
                    ])
                #expect(reader.format == .ss2)
            }
        }
    }

    @Test func horizontalBlocksJoin() throws {
        for text in [Self.horizontal, Self.horizontal.replacing("\n", with: "\r\n")] {
            var reader = ChainReader(.memory(Array(text.utf8), name: "d/q.horiz"))
            #expect(
                try allChains(&reader) == [
                    LabelledChain(id: "q", sequence: Array("MKVw".utf8), labels: Array("CHEC".utf8))
                ])
            #expect(reader.format == .horiz)
        }
    }

    @Test func severalInAFileHaveHeaders() throws {
        let header = "# PSIPRED VFORMAT (S4PRED V1.2.4)\n"
        let row = "   1 M C   1.000  0.000  0.000\n"
        let text = header + "# >a first\n# note\n\n" + row + header + "#>b\n" + row + "\n"
        let found = try chains(text)
        #expect(found.map(\.id) == ["a", "b"])
        #expect(found.map(\.header) == [Array("a first".utf8), Array("b".utf8)])
        let blocks = "# PSIPRED HFORMAT\n# >a\nPred: C\nAA: M\n# PSIPRED HFORMAT\n# >b\nPred: H\nAA: K\n"
        #expect(try chains(blocks).map { String(decoding: $0.labels, as: UTF8.self) } == ["C", "H"])
    }

    @Test func wideIndices() throws {
        var text = "# PSIPRED VFORMAT\n\n"
        for index in 1...10_001 {
            let number = String(index)
            text += "\(String(repeating: " ", count: max(0, 4 - number.count)))\(number) A C   1.000  0.000  0.000\n"
        }
        #expect(try chains(text)[0].labels.count == 10_001)
    }
}
