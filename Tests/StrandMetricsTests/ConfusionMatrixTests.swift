import StrandMetrics
import TestSupport
import Testing

@Suite struct ConfusionMatrixTests {
    /// Truth down, prediction across: 5 1 0 / 2 3 1 / 0 0 4.
    private func example() -> ConfusionMatrix {
        matrix([[5, 1, 0], [2, 3, 1], [0, 0, 4]])
    }

    private func matrix(_ counts: [[Int]]) -> ConfusionMatrix {
        var matrix = ConfusionMatrix(classCount: counts.count)
        for (truth, row) in counts.enumerated() {
            for (predicted, count) in row.enumerated() {
                for _ in 0..<count { matrix.add(truth: truth, predicted: predicted) }
            }
        }
        return matrix
    }

    @Test func countsOfTheExample() {
        let matrix = example()
        #expect(matrix[truth: 1, predicted: 0] == 2 && matrix[truth: 0, predicted: 1] == 1)
        #expect(matrix.total == 16 && matrix.correct == 12 && matrix.accuracy == 0.75)
        #expect((0..<3).map(matrix.support) == [6, 6, 4])
        #expect((0..<3).map(matrix.predictions) == [7, 4, 5])
    }

    @Test func scoresOfTheExample() {
        let matrix = example()
        #expect((0..<3).map(matrix.precision) == [5.0 / 7, 0.75, 0.8])
        #expect((0..<3).map(matrix.recall) == [5.0 / 6, 0.5, 1])
        #expect((0..<3).map(matrix.f1) == [10.0 / 13, 0.6, 8.0 / 9])
        // Class 0: TP 5, FP 2, FN 1, TN 8; (5 * 8 - 2 * 1) / sqrt(7 * 6 * 10 * 9).
        #expect(abs(matrix.matthewsCorrelation(of: 0)! - 38 / 3780.0.squareRoot()) < 1e-15)
        #expect(abs(matrix.macroPrecision! - (5.0 / 7 + 0.75 + 0.8) / 3) < 1e-15)
        #expect(abs(matrix.macroRecall! - (5.0 / 6 + 0.5 + 1) / 3) < 1e-15)
        #expect(abs(matrix.macroF1! - (10.0 / 13 + 0.6 + 8.0 / 9) / 3) < 1e-15)
    }

    @Test func undefinedRatiosAreNil() {
        let empty = ConfusionMatrix(classCount: 2)
        #expect(
            empty.accuracy == nil && empty.macroPrecision == nil && empty.macroRecall == nil && empty.macroF1 == nil)
        let neverPredicted = matrix([[2, 0], [1, 0]])
        #expect(neverPredicted.precision(of: 1) == nil && neverPredicted.recall(of: 1) == 0)
        #expect(neverPredicted.f1(of: 1) == 0 && neverPredicted.matthewsCorrelation(of: 1) == nil)
        #expect(neverPredicted.macroPrecision == 2.0 / 3)
        let neverTrue = matrix([[2, 1], [0, 0]])
        #expect(neverTrue.precision(of: 1) == 0 && neverTrue.recall(of: 1) == nil)
        #expect(neverTrue.macroRecall == 2.0 / 3)
    }

    /// What has no prediction is wrong: TP 2, FP 0, FN 2, TN 2 for class 0.
    @Test func missedCases() {
        var matrix = matrix([[2, 0], [0, 2]])
        matrix.add(truth: 0, predicted: nil)
        var other = ConfusionMatrix(classCount: 2)
        other.add(truth: 0, predicted: nil)
        matrix.merge(other)
        #expect(matrix.missed(truth: 0) == 2 && matrix.missed(truth: 1) == 0)
        #expect(matrix.total == 6 && matrix.support(of: 0) == 4 && matrix.accuracy == 4.0 / 6)
        #expect(matrix.precision(of: 0) == 1 && matrix.recall(of: 0) == 0.5 && matrix.f1(of: 0) == 4.0 / 6)
        #expect(matrix.matthewsCorrelation(of: 0) == 0.5)
        // (4 * 6 - 2 * 4 - 2 * 2) / sqrt((36 - 3 * 4) (36 - 16 - 4))
        #expect(abs(matrix.matthewsCorrelation! - 12 / 384.0.squareRoot()) < 1e-15)
    }

    @Test func extremesOfTheCorrelation() {
        #expect(matrix([[3, 0], [0, 2]]).matthewsCorrelation(of: 0) == 1)
        #expect(matrix([[0, 3], [2, 0]]).matthewsCorrelation(of: 1) == -1)
    }

    @Test func mergeEqualsAddingAll() {
        var merged = example()
        merged.merge(matrix([[0, 0, 1], [0, 2, 0], [3, 0, 0]]))
        #expect(merged == matrix([[5, 1, 1], [2, 5, 1], [3, 0, 4]]))
    }

    @Test func agreesWithCountingPairs() {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<50 {
            let pairs = (0..<60).map { _ in
                (Int.random(in: 0..<4, using: &generator), Int.random(in: 0..<4, using: &generator))
            }
            var matrix = ConfusionMatrix(classCount: 4)
            for (truth, predicted) in pairs { matrix.add(truth: truth, predicted: predicted) }
            for label in 0..<4 { check(matrix, label, against: pairs) }
        }
    }

    private func check(_ matrix: ConfusionMatrix, _ label: Int, against pairs: [(Int, Int)]) {
        func count(_ isTrue: Bool, _ isPredicted: Bool) -> Double {
            Double(pairs.count { ($0.0 == label) == isTrue && ($0.1 == label) == isPredicted })
        }
        let (tp, fp, fn, tn) = (count(true, true), count(false, true), count(true, false), count(false, false))
        #expect(matrix.precision(of: label) == tp / (tp + fp))
        #expect(matrix.recall(of: label) == tp / (tp + fn))
        #expect(matrix.f1(of: label) == 2 * tp / (2 * tp + fp + fn))
        let correlation = (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)).squareRoot()
        #expect(abs(matrix.matthewsCorrelation(of: label)! - correlation) < 1e-12)
    }
}
