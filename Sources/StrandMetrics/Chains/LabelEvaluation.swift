/// How well chains were labelled with K labels. Residues whose true label is `-` are not counted.
public struct LabelEvaluation: Sendable, Equatable {
    /// The K labels, in the order of the confusion matrix.
    public let labels: [UInt8]
    /// Truth against prediction.
    public private(set) var confusion: ConfusionMatrix
    /// Chain by chain, in the order added.
    public private(set) var chains: [ChainEvaluation] = []
    /// Predictions by their confidence in 15 bins: the reliability table. Empty for systems without confidences.
    public private(set) var reliability = ConfidenceTable(binCount: 15)
    /// The same in 1,000 bins, for the coverage curve.
    public private(set) var confidences = ConfidenceTable(binCount: 1000)

    /// An empty evaluation.
    public init(labels: [UInt8]) {
        self.labels = labels
        confusion = ConfusionMatrix(classCount: labels.count)
    }

    /// Compares one chain. A prediction outside the labels, such as a missing one, is wrong: in the confusion
    /// matrix it is none.
    /// - Parameters:
    ///   - truth: one label per residue, `-` if there is none.
    ///   - predicted: one label per residue.
    ///   - confidence: the probability of each predicted label; nil: unknown.
    public mutating func add(truth: [UInt8], predicted: [UInt8], confidence: [Float]? = nil) {
        precondition(truth.count == predicted.count && confidence.map { $0.count == truth.count } ?? true)
        chains.append(ChainEvaluation(truth: truth, predicted: predicted))
        var classes = [Int?](repeating: nil, count: 256)
        for (index, label) in labels.enumerated() { classes[Int(label)] = index }
        for index in truth.indices where truth[index] != unlabelled {
            guard let expected = classes[Int(truth[index])] else {
                preconditionFailure("a true label of another alphabet")
            }
            confusion.add(truth: expected, predicted: classes[Int(predicted[index])])
            if let confidence {
                let isCorrect = truth[index] == predicted[index]
                reliability.add(confidence: Double(confidence[index]), isCorrect: isCorrect)
                confidences.add(confidence: Double(confidence[index]), isCorrect: isCorrect)
            }
        }
    }

    /// Number of counted residues.
    public var residueCount: Int { chains.reduce(0) { $0 + $1.tally.counted } }

    /// The figure of all chains together; nil if nothing counts.
    public func value(of figure: ChainFigure) -> Double? { chains.value(of: figure) }
}
