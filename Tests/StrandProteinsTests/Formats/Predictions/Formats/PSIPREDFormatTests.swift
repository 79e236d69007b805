import StrandEngine
import StrandProteins
import Testing

@Suite struct PSIPREDFormatTests {
    @Test func vertical() {
        #expect(
            text(.ss2, shortRecord, record("b", "H")) == """
                # PSIPRED VFORMAT (Strand \(strandVersion))
                # >a first

                   1 M C   1.000  0.000  0.000
                   2 k H   0.000  0.750  0.250
                   3 V E   0.250  0.250  0.500
                # PSIPRED VFORMAT (Strand \(strandVersion))
                # >b

                   1 A H   0.125  0.750  0.125

                """)
    }

    @Test func wideIndices() {
        let lines = text(.ss2, record("long", String(repeating: "H", count: 10_000))).split(separator: "\n")
        #expect(lines[1000] == " 999 A H   0.125  0.750  0.125")
        #expect(lines.last == "10000 A H   0.125  0.750  0.125")
    }

    @Test func horizontal() {
        #expect(
            text(.horiz, shortRecord, record("b", "H")) == """
                # PSIPRED HFORMAT (Strand \(strandVersion))
                # >a first

                Conf: 952
                Pred: CHE
                  AA: MkV
                \("      ")

                # PSIPRED HFORMAT (Strand \(strandVersion))
                # >b

                Conf: 6
                Pred: H
                  AA: A
                \("      ")


                """)
    }

    /// The ruler as psipass2 prints it: blanks until four before the last residue.
    @Test func blocksOfSixty() {
        let labels = String(repeating: "H", count: 60)
        let residues = String(repeating: "A", count: 60)
        let digits = String(repeating: "6", count: 60)
        #expect(
            text(.horiz, record("x", labels + labels.prefix(12))) == """
                # PSIPRED HFORMAT (Strand \(strandVersion))
                # >x

                Conf: \(digits)
                Pred: \(labels)
                  AA: \(residues)
                              10        20        30        40        50        60


                Conf: 666666666666
                Pred: HHHHHHHHHHHH
                  AA: AAAAAAAAAAAA
                              70


                """)
        #expect(text(.horiz, record("x", labels)).hasSuffix("60\n\n"), "no empty block")
        #expect(text(.horiz, record("x", labels)).split(separator: "Conf:").count == 2)
        #expect(text(.horiz, record("x", String(repeating: "C", count: 17))).contains("\n              10   \n\n"))
    }

    /// 10 times (best minus second best), rounded down; certainty is 9, not 10.
    @Test(
        arguments: [
            ([1, 0, 0], "9"), ([0.95, 0.05, 0], "9"), ([0.9375, 0.0625, 0], "8"), ([0.5, 0.5, 0], "0"),
            ([0.5, 0.25, 0.25], "2"), ([0.125, 0.75, 0.125], "6"),
        ] as [([Float], String)])
    func confidence(probabilities: [Float], digit: String) {
        let record = PredictionRecord(
            header: [], sequence: [65], labels: [72], states: threeStates, probabilities: probabilities)
        #expect(text(.horiz, record).contains("\nConf: \(digit)\n"))
    }

    @Test func onlyThreeStates() {
        #expect(PredictionFormat.ss2.stateCounts == [.three] && PredictionFormat.horiz.stateCounts == [.three])
    }
}
