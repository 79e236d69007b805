/// Predictions grouped by confidence, the probability of the predicted label, in bins of equal width.
///
/// A few bins make the reliability table, many the coverage curve.
public struct ConfidenceTable: Sendable, Equatable {
    /// Predictions of similar confidence.
    public struct Bin: Sendable, Equatable {
        /// How many there are.
        public internal(set) var count = 0
        /// How many were right.
        public internal(set) var correct = 0
        var confidenceSum = 0.0

        /// The fraction that was right; nil without predictions.
        public var accuracy: Double? { ratio(correct, count) }
        /// The mean confidence; nil without predictions.
        public var meanConfidence: Double? { count == 0 ? nil : confidenceSum / Double(count) }
    }

    /// Bin b of B holds the confidences from b / B to below (b + 1) / B; the last holds 1 as well.
    public private(set) var bins: [Bin]

    /// An empty table.
    public init(binCount: Int = 15) {
        precondition(binCount > 0, "no bins")
        bins = [Bin](repeating: Bin(), count: binCount)
    }

    /// Counts one prediction of a `confidence` between 0 and 1; values rounded above 1 count as 1.
    public mutating func add(confidence: Double, isCorrect: Bool) {
        precondition(confidence >= 0 && confidence < 1.001, "confidence \(confidence)")
        let bin = min(Int(confidence * Double(bins.count)), bins.count - 1)
        bins[bin].count += 1
        bins[bin].correct += isCorrect ? 1 : 0
        bins[bin].confidenceSum += min(confidence, 1)
    }

    /// The number of predictions.
    public var count: Int { bins.reduce(0) { $0 + $1.count } }

    /// ECE = sum over bins |b| / n |accuracy(b) - confidence(b)| (Guo et al. 2017, "On calibration of modern neural
    /// networks", equation 3); nil without predictions.
    public var expectedCalibrationError: Double? {
        let gaps = bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidenceSum) }
        return count == 0 ? nil : gaps / Double(count)
    }

    /// Accuracy of the most confident predictions, bin by bin from the highest confidence down (El-Yaniv & Wiener 2010,
    /// "On the foundations of noise-free selective classification").
    public var coverageCurve: [CoveragePoint] {
        let total = count
        var (counted, correct) = (0, 0)
        var points: [CoveragePoint] = []
        for (index, bin) in bins.enumerated().reversed() where bin.count > 0 {
            counted += bin.count
            correct += bin.correct
            points.append(
                CoveragePoint(
                    confidence: Double(index) / Double(bins.count), coverage: Double(counted) / Double(total),
                    accuracy: Double(correct) / Double(counted)))
        }
        return points
    }
}

/// The predictions that remain, and their accuracy, when less confident ones are set aside.
public struct CoveragePoint: Sendable, Equatable {
    /// The lowest confidence kept.
    public let confidence: Double
    /// The fraction of the predictions kept.
    public let coverage: Double
    /// The fraction of those that is correct.
    public let accuracy: Double
}
