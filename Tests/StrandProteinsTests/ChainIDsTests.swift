import StrandProteins
import Testing

@Suite struct ChainIDsTests {
    /// As programs change them: MMseqs2 keeps the accession, file names lose their bars, S4PRED writes upper case
    /// without hyphens.
    @Test(arguments: [
        ("sp|P1|A", "P1"), ("sp|P1|A", "sp_P1_A"), ("P1", "sp|P1|A_HUMAN"), ("tr_Q9_B_YEAST", "Q9"),
        ("1abc-A", "1ABCA"),
        ("1abc_A", "1abc-A"), ("pdb|1ABC|B", "1abc_B"), ("gi|15674171|ref|NP_268346.1|", "NP_268346.1"),
        ("a", "A"), ("AF-P12345-F1", "AFP12345F1"),
    ])
    func formsOfAnID(one: String, other: String) {
        #expect(ChainIDs([one], [other]).pairs == [one: other])
        #expect(ChainIDs([other], [one]).pairs == [other: one])
    }

    /// Pieces of a chain, as they lie between the residues without coordinates.
    @Test func residuesOfAChainWithBreaks() {
        func residues(_ chain: String, _ sequence: String) -> [Int]? {
            ChainMatching.residues(of: Array(chain.utf8), in: Array(sequence.utf8))
        }
        #expect(residues("MKTAY", "MKTAY") == Array(0..<5))
        #expect(residues("TAYIAqrqis", "MKTAYIAKQRQIS") == Array(2..<7) + Array(8..<13))
        #expect(residues("MKTAYX", "GSMKTAYIAK") == Array(2..<8))
        #expect(residues("MKT", "GMKT") == [1, 2, 3])
        #expect(residues("MKTAY", "MKTGAY") == nil && residues("MKTAYV", "MKTAY") == nil)
    }

    @Test func onlyOneToOne() {
        // Either of two could be meant.
        #expect(ChainIDs(["1abc-A", "1abc-a"], ["1ABCA"]).pairs.isEmpty)
        #expect(ChainIDs(["P1"], ["sp|P1|A", "tr|P1|B"]).pairs.isEmpty)
        // Equal ids belong together, whatever else is like them.
        #expect(ChainIDs(["P1", "p2"], ["P1", "sp|P1|A", "P2"]).pairs == ["p2": "P2"])
        #expect(ChainIDs(["1abc-A"], ["1abd-A", "1abc"]).pairs.isEmpty)
        // One letter, or the tag of a database, is no name.
        #expect(ChainIDs(["A"], ["pdb|1ABC|A"]).pairs.isEmpty && ChainIDs(["sp"], ["sp|P1|X"]).pairs.isEmpty)
        #expect(ChainIDs(["-"], ["_"]).pairs.isEmpty)
    }
}
