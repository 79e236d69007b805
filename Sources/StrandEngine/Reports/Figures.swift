import StrandBytes
import StrandMetrics
import StrandNetwork

/// A fraction with its 95 % interval, for JSON.
public struct Figure: Sendable, Codable, MeasuredFigure {
    public var value: Double
    @OrNull public var lower: Double?
    @OrNull public var upper: Double?

    public init(value: Double, _ interval: Interval?) {
        self.value = value
        lower = interval?.lower
        upper = interval?.upper
    }
}

/// Accuracy on part of the labelled data.
public struct FigurePart: Sendable, Codable {
    public var name: String
    public var chains: Int
    public var residues: Int
    public var accuracy: Figure

    package init(name: String, chains: Int, residues: Int, accuracy: Figure) {
        self.name = name
        self.chains = chains
        self.residues = residues
        self.accuracy = accuracy
    }
}

/// How well confidence matches accuracy.
public struct Calibration: Sendable, Codable {
    public var expectedCalibrationError: Double
    public var bins: [Bin]

    /// Predictions of similar confidence.
    public struct Bin: Sendable, Codable {
        public var count: Int
        public var confidence: Double
        public var accuracy: Double
    }
}

/// The predictions that remain when less confident ones are set aside.
public struct Coverage: Sendable, Codable {
    public var coverage: Double
    public var confidence: Double
    public var accuracy: Double
}

extension Figure {
    public init(_ figure: ChainFigure, of chains: [ChainEvaluation]) {
        var generator = SeededGenerator(seed: 1)
        let range = Bootstrap().interval(of: figure, over: chains, using: &generator)
        self.init(value: chains.value(of: figure) ?? 0, range)
    }
}

extension Calibration {
    /// Nil for an empty table.
    public init?(_ table: ConfidenceTable) {
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
    public func atSteps(of step: Double) -> [Coverage] {
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
