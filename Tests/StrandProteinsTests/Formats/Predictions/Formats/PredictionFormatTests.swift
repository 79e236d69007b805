import StrandProteins
import TestSupport
import Testing

@Suite struct PredictionFormatTests {
    private let record = PredictionRecord(
        header: Array("a \"b\"\u{1}".utf8), sequence: Array("MkV".utf8), labels: Array("CHE".utf8),
        states: Array("HEC".utf8), probabilities: [0, 0, 1, 0.99995, 0.00004, 0.00001, 0.25, 0.5, 0.25])

    private func text(_ format: PredictionFormat) -> String {
        String(decoding: format.bytes(of: record), as: UTF8.self)
    }

    @Test func fasta() {
        #expect(text(.fasta) == ">a \"b\"\u{1}\nMkV\nCHE\n")
        #expect(PredictionFormat.fasta.preamble(states: record.states).isEmpty)
    }

    @Test func tsvRoundsToTheNearest() {
        #expect(
            String(decoding: PredictionFormat.tsv.preamble(states: record.states), as: UTF8.self)
                == "id\tposition\tresidue\tstate\tP(H)\tP(E)\tP(C)\n")
        #expect(
            text(.tsv) == """
                a\t1\tM\tC\t0.0000\t0.0000\t1.0000
                a\t2\tk\tH\t1.0000\t0.0000\t0.0000
                a\t3\tV\tE\t0.2500\t0.5000\t0.2500

                """)
    }

    @Test func jsonLineEscapes() {
        #expect(
            text(.jsonl)
                == #"{"id":"a","header":"a \"b\"\u0001","sequence":"MkV","labels":"CHE","probabilities":"#
                + #"{"H":[0.0000,1.0000,0.2500],"E":[0.0000,0.0000,0.5000],"C":[1.0000,0.0000,0.2500]}}"# + "\n")
    }

    @Test func blocksOfSixty() {
        let long = PredictionRecord(
            header: Array("x".utf8), sequence: [UInt8](repeating: 65, count: 61),
            labels: [UInt8](repeating: 72, count: 61),
            states: [72], probabilities: [Float](repeating: 1, count: 61))
        let bytes = PredictionFormat.blocks.bytes(of: long) { "<".utf8 + Array($0) + ">".utf8 }
        let (a, h) = (String(repeating: "A", count: 60), String(repeating: "H", count: 60))
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == ">x\n      1 \(a) 60\n        <\(h)>\n     61 A 61\n        <H>\n\n")
    }
}
