import StrandMetrics
import TestSupport
import Testing

@Suite struct SegmentOverlapTests {
    /// Liu & Wang 2018, table 1: predictions of CHHHHHHHHHHC with Q3, SOV'99 and SOV_refine at lambda 1.
    static let published = [
        ("CHCHCHCHCHCC", 0.583, 0.125, 0.149), ("CHHHCHHHCHHC", 0.833, 0.406, 0.371),
        ("CHHCCHHHHHCC", 0.75, 0.523, 0.464), ("CCCHHHHCCCCC", 0.50, 0.544, 0.459),
        ("CCCHHHHHCCCC", 0.583, 0.632, 0.567), ("CCCHHHHHHCCC", 0.667, 0.806, 0.678),
        ("CCCHHHHHHHCC", 0.75, 0.903, 0.797), ("CCCHHHHHHHHC", 0.833, 0.944, 0.937),
    ]

    private func score(_ definition: SegmentOverlap, _ truth: String, _ predicted: String) -> Double? {
        definition.tally(truth: Array(truth.utf8), predicted: Array(predicted.utf8)).score
    }

    @Test(arguments: published)
    func publishedVectors(predicted: String, accuracy: Double, sov99: Double, refined: Double) throws {
        let truth = "CHHHHHHHHHHC"
        let chain = ChainEvaluation(truth: Array(truth.utf8), predicted: Array(predicted.utf8))
        #expect(abs(try #require(chain.tally.accuracy) - accuracy) < 5e-4)
        #expect(abs(try #require(score(.sov99, truth, predicted)) - sov99) < 5.1e-4)
        #expect(abs(try #require(score(.refined(), truth, predicted)) - refined) < 5.1e-4)
    }

    @Test func aPerfectPredictionIsOne() {
        for truth in ["H", "HEC", "CCHHHHCCEEEECC", "CC--HH"] {
            #expect(score(.sov99, truth, truth) == 1)
            #expect(score(.refined(lambda: 0.5), truth, truth) == 1)
        }
    }

    @Test func nothingRight() {
        #expect(score(.sov99, "HHHH", "CCCC") == 0)
        #expect(score(.refined(), "HHHH", "CCCC") == 0)
        #expect(score(.sov99, "----", "CCCC") == nil)
        #expect(score(.sov99, "", "") == nil)
    }

    /// A gap in the labels cuts the segments of both; predictions within it do not matter.
    @Test func gapsEndSegments() {
        let whole = SegmentOverlap.sov99.tally(truth: Array("HHHHCC".utf8), predicted: Array("HHHCCC".utf8))
        let apart = SegmentOverlap.sov99.tally(truth: Array("HHHHCC--EE".utf8), predicted: Array("HHHCCCCEEE".utf8))
        #expect(apart.sum == whole.sum + 2 && apart.weight == whole.weight + 2)
        // Two helices of two, not one of five.
        let cut = SegmentOverlap.sov99.tally(truth: Array("HH-HH".utf8), predicted: Array("HHHHH".utf8))
        #expect(cut.sum == 4 && cut.weight == 4)
    }

    /// Sums over one label at a time equal the sum over all, and a double loop over all pairs of segments.
    @Test func againstAPlainLoop() {
        var generator = SplitMix64(seed: 14)
        let letters = Array("HEC".utf8)
        for length in [1, 2, 7, 40, 150] {
            for _ in 0..<20 {
                var truth: [UInt8] = []
                var predicted: [UInt8] = []
                while truth.count < length {
                    truth += [UInt8](
                        repeating: letters.randomElement(using: &generator)!,
                        count: .random(in: 1...9, using: &generator))
                }
                while predicted.count < truth.count { predicted.append(letters.randomElement(using: &generator)!) }
                for index in truth.indices where Bool.random(using: &generator) { predicted[index] = truth[index] }
                for definition in [SegmentOverlap.sov99, .refined()] {
                    let all = definition.tally(truth: truth, predicted: predicted)
                    let parts = letters.map { definition.tally(truth: truth, predicted: predicted, of: $0) }
                    let sum = parts.reduce(.zero, +)
                    #expect(abs(sum.sum - all.sum) < 1e-9 && sum.weight == all.weight)
                }
                let plain = Self.plainSOV99(truth, predicted)
                let ours = SegmentOverlap.sov99.tally(truth: truth, predicted: predicted)
                #expect(abs(ours.sum - plain.x) < 1e-9 && ours.weight == plain.y)
            }
        }
    }

    private static func runs(_ labels: [UInt8]) -> [(UInt8, Set<Int>)] {
        labels.indices.reduce(into: [(UInt8, Set<Int>)]()) { runs, index in
            if index > 0 && labels[index] == labels[index - 1] {
                runs[runs.count - 1].1.insert(index)
            } else {
                runs.append((labels[index], [index]))
            }
        }
    }

    private static func plainSOV99(_ truth: [UInt8], _ predicted: [UInt8]) -> SIMD2<Double> {
        var sums = SIMD2<Double>.zero
        for (label, first) in runs(truth) {
            let others = runs(predicted).filter { $0.0 == label && !$0.1.isDisjoint(with: first) }
            sums.y += Double(first.count * max(1, others.count))
            for (_, other) in others {
                let (least, greatest) = (first.intersection(other).count, first.union(other).count)
                let allowed = [greatest - least, least, first.count / 2, other.count / 2].min()!
                sums.x += Double(least + allowed) / Double(greatest) * Double(first.count)
            }
        }
        return sums
    }
}
