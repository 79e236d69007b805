/// How often each true class was predicted as each class, for K classes.
///
/// A ratio with nothing to count, 0/0, is nil.
public struct ConfusionMatrix: Sendable, Equatable {
    /// The number of classes, K.
    public let classCount: Int
    private var counts: [Int]  // (K, K): truth, prediction

    /// An empty matrix of `classCount` classes.
    public init(classCount: Int) {
        precondition(classCount > 0, "no classes")
        self.classCount = classCount
        counts = [Int](repeating: 0, count: classCount * classCount)
    }

    /// How often class `truth` was predicted as class `predicted`.
    public subscript(truth truth: Int, predicted predicted: Int) -> Int { counts[index(truth, predicted)] }

    /// Counts one prediction.
    public mutating func add(truth: Int, predicted: Int) {
        counts[index(truth, predicted)] += 1
    }

    /// Adds the counts of `other`, which must have as many classes.
    public mutating func merge(_ other: ConfusionMatrix) {
        precondition(other.classCount == classCount, "matrices of \(classCount) and \(other.classCount) classes")
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// The number of predictions.
    public var total: Int { counts.reduce(0, +) }

    /// The number of predictions that were right.
    public var correct: Int { classes.reduce(0) { $0 + self[truth: $1, predicted: $1] } }

    /// The fraction of predictions that were right; nil for an empty matrix.
    public var accuracy: Double? { ratio(correct, total) }

    /// How often `label` was true.
    public func support(of label: Int) -> Int { classes.reduce(0) { $0 + self[truth: label, predicted: $1] } }

    /// How often `label` was predicted.
    public func predictions(of label: Int) -> Int { classes.reduce(0) { $0 + self[truth: $1, predicted: label] } }

    /// The classes, 0 to K - 1.
    var classes: Range<Int> { 0..<classCount }

    private func index(_ truth: Int, _ predicted: Int) -> Int {
        precondition(classes.contains(truth) && classes.contains(predicted), "class out of 0..<\(classCount)")
        return truth * classCount + predicted
    }
}
