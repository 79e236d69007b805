import StrandMetrics
import TestSupport
import Testing

@Suite struct ChainEvaluationTests {
    @Test func distancesFromBoundaries() {
        func distances(_ truth: String) -> [Int?] { BoundaryDistance.distances(of: Array(truth.utf8)) }
        #expect(distances("HHHEE") == [2, 1, 0, 0, 1])
        #expect(distances("HHHH") == [6, 6, 6, 6])
        #expect(distances("CHHHHHC") == [0, 0, 1, 2, 1, 0, 0])
        #expect(distances("HH-EE") == [6, 6, nil, 6, 6])
        #expect(distances("HHC-") == [1, 0, 0, nil])
        #expect(distances("") == [])
    }

    @Test func talliesByDistanceAddUp() {
        let chain = ChainEvaluation(truth: Array("CHHHHHC--E".utf8), predicted: Array("CCHHHHHHHC".utf8))
        #expect(chain.length == 10)
        #expect(chain.tally == ChainTally(correct: 5, counted: 8))
        #expect(chain.boundaryTallies.map(\.counted) == [4, 2, 1, 0, 0, 0, 1])
        #expect(chain.boundaryTallies.map(\.correct) == [2, 2, 1, 0, 0, 0, 0])
    }

    @Test func figuresOfChains() throws {
        let chains = [("HH", "HC"), ("HHHHHHHH", "HHHHHHCC"), ("--", "HH")].map {
            ChainEvaluation(truth: Array($0.0.utf8), predicted: Array($0.1.utf8))
        }
        #expect(chains.value(of: .accuracy) == 0.7)
        #expect(chains.value(of: .meanAccuracy) == 0.625)
        #expect([chains[2]].value(of: .meanAccuracy) == nil)
        var generators = [SplitMix64(seed: 15), SplitMix64(seed: 15)]
        let interval = try #require(Bootstrap().interval(of: .accuracy, over: chains, using: &generators[0]))
        #expect(interval == Bootstrap().interval(ofRatio: [[1, 2], [6, 8]], using: &generators[1]))
    }

    @Test func labelsOfOtherAlphabetsAreWrong() {
        var evaluation = LabelEvaluation(labels: Array("HEC".utf8))
        evaluation.add(
            truth: Array("HHEC-".utf8), predicted: Array("H-CCC".utf8), confidence: [0.9, 0.4, 0.5, 1, 0.4])
        #expect(evaluation.residueCount == 4 && evaluation.value(of: .accuracy) == 0.5)
        #expect(
            evaluation.confusion.total == 4 && evaluation.confusion.missed(truth: 0) == 1
                && evaluation.confusion[truth: 1, predicted: 2] == 1)
        #expect(evaluation.reliability.count == 4 && evaluation.confidences.count == 4)
    }
}
