import Foundation
import StrandMetrics
import Testing

/// Against scikit-learn, scipy and numpy; `tools/reference/metrics_golden.py` makes the numbers.
@Suite struct GoldenMetricsTests {
    private struct Fixture: Decodable {
        struct Confusion: Decodable {
            var classes: Int
            var truth: [Int]
            var predicted: [Int]
            var matrix: [[Int]]
            var precision: [Double?]
            var recall: [Double?]
            var f1: [Double?]
            var mcc: [Double?]
            var macroPrecision: Double
            var macroRecall: Double
            var macroF1: Double
            var multiclassMCC: Double?
        }
        struct Sign: Decodable {
            var wins: Int
            var losses: Int
            var p: Double
        }
        struct Calibration: Decodable {
            var confidences: [Double]
            var correct: [Bool]
            var bins: Int
            var ece: Double
        }
        var confusions: [Confusion]
        var signTests: [Sign]
        var calibration: [Calibration]
    }

    private let fixture: Fixture

    init() throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/metrics", ofType: "json"))
        fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: URL(filePath: path)))
    }

    private func isNear(_ ours: Double?, _ golden: Double?) -> Bool {
        guard let ours, let golden else { return ours == nil && golden == nil }
        return abs(ours - golden) < 1e-12
    }

    @Test func figuresOfClasses() {
        #expect(fixture.confusions.count >= 8)
        for golden in fixture.confusions {
            var matrix = ConfusionMatrix(classCount: golden.classes)
            for (truth, predicted) in zip(golden.truth, golden.predicted) {
                matrix.add(truth: truth, predicted: predicted)
            }
            for label in 0..<golden.classes {
                #expect((0..<golden.classes).map { matrix[truth: label, predicted: $0] } == golden.matrix[label])
                #expect(isNear(matrix.precision(of: label), golden.precision[label]))
                #expect(isNear(matrix.recall(of: label), golden.recall[label]))
                #expect(isNear(matrix.f1(of: label), golden.f1[label]))
                #expect(isNear(matrix.matthewsCorrelation(of: label), golden.mcc[label]))
            }
            #expect(isNear(matrix.macroPrecision, golden.macroPrecision))
            #expect(isNear(matrix.macroRecall, golden.macroRecall))
            #expect(isNear(matrix.macroF1, golden.macroF1))
            #expect(isNear(matrix.matthewsCorrelation, golden.multiclassMCC))
            let correlations = golden.mcc.compactMap { $0 }
            let mean = correlations.isEmpty ? nil : correlations.reduce(0, +) / Double(correlations.count)
            #expect(isNear(matrix.macroMatthewsCorrelation, mean))
        }
    }

    @Test func signTests() {
        #expect(fixture.signTests.count >= 10)
        for golden in fixture.signTests {
            let p = SignTest(wins: golden.wins, losses: golden.losses).pValue
            #expect(abs(p - golden.p) <= 1e-9 * golden.p, "\(golden.wins) : \(golden.losses)")
        }
    }

    @Test func calibrationErrors() {
        #expect(fixture.calibration.count >= 4)
        for golden in fixture.calibration {
            var table = ConfidenceTable(binCount: golden.bins)
            for (confidence, isCorrect) in zip(golden.confidences, golden.correct) {
                table.add(confidence: confidence, isCorrect: isCorrect)
            }
            #expect(isNear(table.expectedCalibrationError, golden.ece))
        }
    }
}
