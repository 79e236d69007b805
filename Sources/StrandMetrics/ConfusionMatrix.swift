/// How often each true class was predicted as each class, for K classes, or as none.
///
/// What has no prediction is wrong: it counts in recall, accuracy and the correlations.
/// A ratio with nothing to count, 0/0, is nil.
public struct ConfusionMatrix: Sendable, Equatable {
    /// The number of classes, K.
    public let classCount: Int
    private var counts: [Int]  // (K, K): truth, prediction
    private var missed: [Int]  // (K): truth, without a prediction

    /// An empty matrix of `classCount` classes.
    public init(classCount: Int) {
        precondition(classCount > 0, "no classes")
        self.classCount = classCount
        counts = [Int](repeating: 0, count: classCount * classCount)
        missed = [Int](repeating: 0, count: classCount)
    }

    /// How often class `truth` was predicted as class `predicted`.
    public subscript(truth truth: Int, predicted predicted: Int) -> Int { counts[index(truth, predicted)] }

    /// How often class `truth` had no prediction.
    public func missed(truth: Int) -> Int { missed[truth] }

    /// Counts one prediction, or that there is none.
    public mutating func add(truth: Int, predicted: Int?) {
        if let predicted { counts[index(truth, predicted)] += 1 } else { missed[truth] += 1 }
    }

    /// Adds the counts of `other`, which must have as many classes.
    public mutating func merge(_ other: ConfusionMatrix) {
        precondition(other.classCount == classCount, "matrices of \(classCount) and \(other.classCount) classes")
        for index in counts.indices { counts[index] += other.counts[index] }
        for index in missed.indices { missed[index] += other.missed[index] }
    }

    /// The number of cases, with a prediction or without.
    public var total: Int { counts.reduce(0, +) + missed.reduce(0, +) }

    /// The number of predictions that were right.
    public var correct: Int { classes.reduce(0) { $0 + self[truth: $1, predicted: $1] } }

    /// The fraction of cases whose prediction was right; nil for an empty matrix.
    public var accuracy: Double? { ratio(correct, total) }

    /// How often `label` was true.
    public func support(of label: Int) -> Int {
        classes.reduce(missed[label]) { $0 + self[truth: label, predicted: $1] }
    }

    /// How often `label` was predicted.
    public func predictions(of label: Int) -> Int { classes.reduce(0) { $0 + self[truth: $1, predicted: label] } }

    /// The classes, 0 to K - 1.
    var classes: Range<Int> { 0..<classCount }

    private func index(_ truth: Int, _ predicted: Int) -> Int {
        precondition(classes.contains(truth) && classes.contains(predicted), "class out of 0..<\(classCount)")
        return truth * classCount + predicted
    }
}

extension ConfusionMatrix {
    /// Of the predictions of `label`, the fraction that was right; nil if it was never predicted.
    public func precision(of label: Int) -> Double? {
        ratio(self[truth: label, predicted: label], predictions(of: label))
    }

    /// Of the cases where `label` was true, the fraction that was found; nil if it was never true.
    public func recall(of label: Int) -> Double? {
        ratio(self[truth: label, predicted: label], support(of: label))
    }

    /// The harmonic mean of precision and recall; nil if `label` was neither true nor predicted.
    public func f1(of label: Int) -> Double? {
        // F1 = 2 TP / (2 TP + FP + FN)
        ratio(2 * self[truth: label, predicted: label], support(of: label) + predictions(of: label))
    }

    /// The correlation of truth and prediction, `label` against all others, from -1 to 1 (Matthews 1975).
    ///
    /// Nil if `label` was always or never true, or always or never predicted.
    public func matthewsCorrelation(of label: Int) -> Double? {
        let truePositives = Double(self[truth: label, predicted: label])
        let positives = Double(support(of: label))
        let predicted = Double(predictions(of: label))
        let all = Double(total)
        // MCC = (TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)); the numerator is TP n - (TP + FP) (TP + FN)
        let variance = predicted * positives * (all - positives) * (all - predicted)
        return variance == 0 ? nil : (truePositives * all - predicted * positives) / variance.squareRoot()
    }

    /// The mean precision of the classes that have one; nil if none has.
    public var macroPrecision: Double? { mean(classes.compactMap(precision)) }

    /// The mean recall of the classes that have one; nil if none has.
    public var macroRecall: Double? { mean(classes.compactMap(recall)) }

    /// The mean F1 of the classes that have one; nil if none has.
    public var macroF1: Double? { mean(classes.compactMap(f1)) }

    /// The mean correlation of the classes that have one; nil if none has.
    public var macroMatthewsCorrelation: Double? { mean(classes.compactMap(matthewsCorrelation)) }

    /// The correlation of truth and prediction over all classes together, at most 1 (Gorodkin 2004, "Comparing two K-category
    /// assignments by a K-category correlation coefficient"); nil if truth or prediction is always the same class.
    public var matthewsCorrelation: Double? {
        // R = (c s - sum p_k t_k) / sqrt((s^2 - sum p_k^2) (s^2 - sum t_k^2)) for s predictions, c of them correct
        let all = Double(total)
        let truths = classes.map { Double(support(of: $0)) }
        // Without a prediction: a class of its own that is never true.
        let predicted = classes.map { Double(predictions(of: $0)) } + [Double(missed.reduce(0, +))]
        func sum(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        let variance = (all * all - sum(predicted, predicted)) * (all * all - sum(truths, truths))
        return variance == 0 ? nil : (Double(correct) * all - sum(predicted, truths)) / variance.squareRoot()
    }
}
