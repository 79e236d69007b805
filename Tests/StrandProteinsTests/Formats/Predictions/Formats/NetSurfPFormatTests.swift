import StrandProteins
import Testing

@Suite struct NetSurfPFormatTests {
    static let header =
        "id,seq,n,rsa,asa,q3,p[q3_H],p[q3_E],p[q3_C],q8,p[q8_G],p[q8_H],p[q8_I],p[q8_B],p[q8_E],p[q8_S],p[q8_T],"
        + "p[q8_C],phi,psi,disorder\n"
    private static let eight: [Float] = [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.0078125]

    private func record(_ header: String, main: StateCount = .three) -> PredictionRecord {
        let three = StateLabels(labels: [72], states: threeStates, probabilities: [0.875, 0.125, 0])
        let eight = StateLabels(labels: [71], states: eightStates, probabilities: Self.eight)
        return PredictionRecord(
            header: Array(header.utf8), sequence: Array("k".utf8), main: main == .three ? three : eight,
            other: main == .three ? eight : three)
    }

    private static let row =
        ",k,1,,,H,0.8750,0.1250,0.0000,G,0.2500,0.5000,0.1250,0.0313,0.0625,0.0078,0.0156,0.0078,,,\n"

    @Test(arguments: StateCount.allCases) func bothNumbersOfStatesWhicheverIsMain(main: StateCount) {
        #expect(
            text(.netsurfp, record("a|b first", main: main), record("c", main: main))
                == Self.header + "a|b" + Self.row + "c" + Self.row)
        #expect(PredictionFormat.netsurfp.showsBothCounts)
        #expect(PredictionFormat.allCases.filter(\.showsBothCounts) == [.netsurfp])
    }

    /// RFC 4180: a cell with a comma or quotation mark is quoted, with inner quotation marks doubled.
    @Test(arguments: [
        ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("5'-\"x\",y", "\"5'-\"\"x\"\",y\""), ("a;b=c%20/d", "a;b=c%20/d"),
        ("", ""),
    ])
    func quotation(id: String, cell: String) throws {
        let rest = id.isEmpty ? "" : " rest"
        let written = text(.netsurfp, record("\(id)\(rest)"), record("\(id)\(rest)"))
        #expect(written == Self.header + cell + Self.row + cell + Self.row)
        #expect(try chains(written).map(\.id) == [id, id])
    }
}
