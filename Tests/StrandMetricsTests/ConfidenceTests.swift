import StrandMetrics
import Testing

@Suite struct ConfidenceTests {
    @Test func binsHoldTheirLowerEdge() {
        var table = ConfidenceTable(binCount: 4)
        for confidence in [0, 0.2499, 0.25, 0.5, 0.75, 1, 1.0000001] {
            table.add(confidence: confidence, isCorrect: confidence > 0.3)
        }
        #expect(table.bins.map(\.count) == [2, 1, 1, 3])
        #expect(table.bins.map(\.accuracy) == [0, 0, 1, 1])
        #expect(table.bins[3].meanConfidence == 2.75 / 3)
        #expect(ConfidenceTable().expectedCalibrationError == nil && ConfidenceTable().bins[0].meanConfidence == nil)
    }

    @Test func coverageFromTheMostConfidentDown() {
        var table = ConfidenceTable(binCount: 10)
        for (confidence, isCorrect) in [(0.95, true), (0.92, true), (0.55, false), (0.3, true)] {
            table.add(confidence: confidence, isCorrect: isCorrect)
        }
        let curve = table.coverageCurve
        #expect(curve.map(\.coverage) == [0.5, 0.75, 1])
        #expect(curve.map(\.accuracy) == [1, 2.0 / 3, 0.75])
        #expect(curve.map(\.confidence) == [0.9, 0.5, 0.3])
        #expect(ConfidenceTable().coverageCurve.isEmpty)
    }

    @Test func minimumOfUnimodalFunctions() {
        #expect(abs(TemperatureScaling.minimum(in: -2...3) { ($0 - 1.25) * ($0 - 1.25) } - 1.25) < 1e-3)
        #expect(abs(TemperatureScaling.minimum(in: 0...1, tolerance: 1e-9) { -$0 } - 1) < 1e-8)
        #expect(abs(TemperatureScaling.minimum(in: 0...1) { abs($0 - 0.1) } - 0.1) < 1e-3)
    }
}
