import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct NetSurfPTests {
    private static let table = """
        id, seq, n, rsa, asa, q3, p[q3_H], p[q3_E], p[q3_C], q8, p[q8_G], p[q8_H], phi
        >sp|P1|X one, two, M, 1, 0.9, 180.0, C, 0.1, 0.2, 0.7, S, 0.25, 0.5, -90
        >sp|P1|X one, two, K, 2, 0.9, 180.0, H, 1, 0, 0, H, 0, 1, nan
        "b, c",W,1,,,E,0,1,0,E,0,0,

        """

    @Test func eightStatesWhereThereAreAny() throws {
        for text in [Self.table, Self.table.replacing("\n", with: "\r\n"), String(Self.table.dropLast())] {
            for source in [memory(text), memory(Gzip.compress(Array(text.utf8)))] {
                var reader = ChainReader(source)
                #expect(
                    try allChains(&reader) == [
                        LabelledChain(
                            id: "sp|P1|X", sequence: Array("MK".utf8), labels: Array("SH".utf8),
                            threeStates: Array("CH".utf8),
                            states: Array("GH".utf8), probabilities: [0.25, 0.5, 0, 1]),
                        LabelledChain(
                            id: "b,", sequence: Array("W".utf8), labels: Array("E".utf8),
                            threeStates: Array("E".utf8), states: Array("GH".utf8), probabilities: [0, 0]),
                    ])
                #expect(reader.format == .netsurfp)
            }
        }
    }

    @Test func threeStatesWhereAsked() throws {
        let found = try chains(Self.table, states: .three)
        #expect(found.map(\.labels) == [Array("CH".utf8), Array("E".utf8)])
        #expect(found[0].states == Array("HEC".utf8) && found[0].probabilities == [0.1, 0.2, 0.7, 1, 0, 0])
    }

    @Test func theOtherKindWhereThereIsNoChoice() throws {
        #expect(try chains("id,n,q3\na,1,H\n").map(\.labels) == [Array("H".utf8)])
        #expect(try chains("n,q8,id\n1,T,a\n1,G,a\n2,G,a\n", states: .three).map(\.labels) == [[84], [71, 71]])
    }
}
