import Strand

/// A fraction with its 95 % interval, as JSON has it.
struct Figure: Codable, MeasuredFigure {
    var value: Double
    var lower: Double
    var upper: Double
}

/// How far confidence can be believed.
struct Calibration: Codable {
    var expectedCalibrationError: Double
    var bins: [Bin]

    /// Predictions of like confidence.
    struct Bin: Codable {
        var count: Int
        var confidence: Double
        var accuracy: Double
    }
}

/// What is left when less confident predictions are set aside.
struct Coverage: Codable {
    var coverage: Double
    var confidence: Double
    var accuracy: Double
}

extension Figure {
    init(_ figure: ChainFigure, of chains: [ChainEvaluation]) {
        var generator = SeededGenerator(seed: 1)
        let range = Bootstrap().interval(of: figure, over: chains, using: &generator)
        self.init(value: chains.value(of: figure) ?? 0, lower: range?.lower ?? 0, upper: range?.upper ?? 0)
    }
}

extension Calibration {
    /// Nil for an empty table.
    init?(_ table: ConfidenceTable) {
        guard let error = table.expectedCalibrationError else { return nil }
        expectedCalibrationError = error
        bins = table.bins.compactMap { bin in
            guard let confidence = bin.meanConfidence, let accuracy = bin.accuracy else { return nil }
            return Bin(count: bin.count, confidence: confidence, accuracy: accuracy)
        }
    }
}

extension [CoveragePoint] {
    /// The last point at or below each step of coverage, and the end.
    func atSteps(of step: Double) -> [Coverage] {
        var points: [Coverage] = []
        var next = step
        for (point, after) in zip(self, dropFirst().map(\.coverage) + [.infinity]) where after > next {
            points.append(.init(coverage: point.coverage, confidence: point.confidence, accuracy: point.accuracy))
            while next < after && next <= 1 { next += step }
            if after == .infinity { break }
        }
        return points
    }
}
