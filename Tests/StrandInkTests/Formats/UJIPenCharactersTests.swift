import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct UJIPenCharactersTests {
    private static let file = """
        //
        // UJI: 100 units per millimetre
        //
        // ASCII char: a
        WORD a trn_UJI_W01-02
          NUMSTROKES 2
          POINTS 2 # 557 844 550 -803
          POINTS 0 #
        // Non-ASCII char: ntilde
        WORD ñ tst_UPV_W12-01
          NUMSTROKES 1
          POINTS 1 # 1 2.5
        """

    @Test func records() throws {
        let expected = [
            InkSample(
                id: "trn_UJI_W01-02-a", writer: "UJI_W01", text: "a", strokes: [stroke((557, 844), (550, -803)), []],
                unitsPerMillimetre: 100),
            InkSample(
                id: "tst_UPV_W12-01-ñ", writer: "UPV_W12", text: "ñ", strokes: [stroke((1, 2.5))],
                unitsPerMillimetre: 100),
        ]
        #expect(try allSamples(UJIPenCharactersReader(memory(Self.file))) == expected)
        let crlf = memory(Self.file.replacing("\n", with: "\r\n") + "\r\n")
        #expect(try allSamples(UJIPenCharactersReader(crlf)) == expected)
        #expect(
            try allSamples(UJIPenCharactersReader(memory(Gzip.compress(Array(Self.file.utf8))))) == expected)
    }

    @Test(arguments: [
        ("// x\n", "test: no ink; a line 'WORD' is expected"),
        (
            "NUMSTROKES 1",
            "test:1: 'NUMSTROKES 1' where 'WORD', a character and a session is expected; fix or remove it"
        ),
        (
            "WORD a s\nPOINTS 1 # 1 1",
            "test:2: record s-a: 'POINTS 1 # 1 1' where 'NUMSTROKES' and a number is expected; fix or remove it"
        ),
        (
            "WORD a s\nNUMSTROKES 2\nPOINTS 1 # 1 1\nWORD b s",
            "test:4: record s-a: 'WORD b s' where 'POINTS', a number and '#' is expected; fix or remove it"
        ),
        (
            "WORD a s\nNUMSTROKES 1\nPOINTS 2 # 1 1\n",
            "test:3: record s-a: '2 numbers' where x and y of 2 points is expected; fix or remove it"
        ),
        (
            "WORD a s\nNUMSTROKES 1\nPOINTS 1 # 1 NaN\n",
            "test:3: record s-a: 'NaN' is not a number; fix or remove it"
        ),
        (
            "WORD a s\nNUMSTROKES 1\nPOINTS 1 # 1 -2e12\n",
            "test:3: record s-a: '-2e12' is larger than ink can be (1e12); fix or remove it"
        ),
        (
            "WORD a s\nNUMSTROKES 9999999999\n",
            "test:2: record s-a: 'NUMSTROKES 9999999999' where 'NUMSTROKES' and a number is expected; fix or remove it"
        ),
        ("// 1e13 units per millimetre\n", "test:1: '1e13' is larger than ink can be (1e12); fix or remove it"),
        ("WORD a s\nNUMSTROKES 1\n", "test:2: record s-a: the file ends where 'POINTS' is expected; is it whole?"),
    ]) func faults(text: String, message: String) {
        #expect(fault(UJIPenCharactersReader(memory(text))) == message)
    }

    @Test(.enabled(if: InkSpecimens.folder != nil, "needs the development data"))
    func collectedFile() throws {
        let path = InkSpecimens.path("ujipenchars2/ujipenchars2.head.txt")
        let samples = try allSamples(UJIPenCharactersReader(.file(path)))
        #expect(samples.map(\.text) == ["a", "a", "j", "ñ"])
        #expect(samples.map(\.pointCount) == [44, 43, 30, 51])
    }
}
