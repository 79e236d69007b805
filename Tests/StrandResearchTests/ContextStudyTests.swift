import StrandNetwork
import StrandProteins
import StrandResearch
import TestSupport
import Testing

@testable import StrandResearch

@Suite struct ContextStudyTests {
    private let labeller = ProteinLabeller.shipped
    private let compute = Compute(threads: 2)
    private let records = [
        ("MSDKIIHLTDDSFDTDVLKADGAILVDFWAEWCGPCKMIAPILDEIADEYQ", "CCCCEEEEECCCCCCHHHHCCCCEEEEECCCCCCCHHHHHHHHHHHHHHHH"),
        ("MKTAYIAKQRQISFVKSHFSRQ", "CCHHHHHHHHHH--HHHHHHCC"),
    ].map { LabelledFASTARecord(header: [], sequence: Array($0.0.utf8), labels: Array($0.1.utf8)) }

    private func study(residuesPerChain: Int) -> ContextStudy {
        var generator = SeededGenerator(seed: 1)
        return ContextStudy(of: labeller, on: records, residuesPerChain: residuesPerChain, using: &generator)
    }

    /// For all residues and whole chains it is the evaluation's Q3.
    @Test func wholeChainsAreEvaluated() throws {
        let study = study(residuesPerChain: 100)
        #expect(study.residueCount == 51 + 20)
        let evaluation = ProteinEvaluation(of: labeller, on: records, compute: compute)
        let accuracy = try #require(evaluation.threeState?.confusion.accuracy)
        for side in ContextStudy.Side.allCases {
            for window in [nil, 51] {
                let point = study.point(side, window: window, on: compute)
                #expect(abs(point.accuracy - accuracy) < 1e-12 && point.residues == 71)
                let (lower, upper) = (try #require(point.lower), try #require(point.upper))
                #expect(lower <= accuracy && accuracy <= upper)
            }
        }
    }

    /// Without context a residue is a chain of one.
    @Test func aWindowOfNothing() {
        let point = study(residuesPerChain: 100).point(.both, window: 0, on: compute)
        let right = records.reduce(0) { sum, record in
            sum
                + zip(record.sequence, record.labels).count { residue, label in
                    labeller.label([[residue]], on: compute)[0].threeState == [label]
                }
        }
        #expect(abs(point.accuracy - Double(right) / 71) < 1e-12)
    }

    @Test func residuesAreDrawn() {
        #expect(study(residuesPerChain: 3).residueCount == 6)
    }
}
