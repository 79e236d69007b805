import StrandEngine
import StrandMetrics
import StrandNetwork
import StrandProteins
import TestSupport
import Testing

@Suite struct ProteinEvaluationTests {
    private let compute = Compute(threads: 1)

    /// Counts by hand against the evaluation, on chains labelled by the model itself with some labels changed.
    @Test func countsAreThoseOfAPlainLoop() throws {
        let sequences = ["MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ", "GSHMKILVINGPNLNFLGIREKNIYGNENYEYLVNMINE", "WW"].map {
            Array($0.utf8)
        }
        let labels = ProteinLabeller.shipped.label(sequences, on: compute)
        var generator = SplitMix64(seed: 5)
        let records = zip(sequences, labels).enumerated().map { index, pair in
            let truth = pair.1.eightState.map { label in
                Int.random(in: 0..<3, using: &generator) == 0
                    ? Array("HGIEBTSC-".utf8).randomElement(using: &generator)! : label
            }
            return LabelledFASTARecord(header: Array("c\(index)".utf8), sequence: pair.0, labels: truth)
        }
        let evaluation = ProteinEvaluation(of: .shipped, on: records, compute: compute)

        var (counted, right8, right3) = (0, 0, 0)
        for (record, predicted) in zip(records, labels) {
            for residue in record.labels.indices where record.labels[residue] != UInt8(ascii: "-") {
                counted += 1
                if record.labels[residue] == predicted.eightState[residue] { right8 += 1 }
                if LabelReduction.hgiEB.reduce(record.labels[residue]) == predicted.threeState[residue] { right3 += 1 }
            }
        }
        #expect(evaluation.residueCount == counted && counted < records.reduce(0) { $0 + $1.labels.count })
        #expect(evaluation.byLabel.confusion.correct == right8 && evaluation.threeState?.confusion.correct == right3)
        #expect(evaluation.byLabel.chains.reduce(0) { $0 + $1.tally.correct } == right8)
        #expect(evaluation.threeState?.reliability.count == counted)
    }
}
