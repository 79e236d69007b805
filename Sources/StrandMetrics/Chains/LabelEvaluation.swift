/// How well chains were labelled with K labels. Residues whose true label is `-` count for nothing.
public struct LabelEvaluation: Sendable, Equatable {
    /// The K labels, in the order of the confusion matrix.
    public let labels: [UInt8]
    /// Truth against prediction.
    public private(set) var confusion: ConfusionMatrix
    /// Chain by chain, in the order of adding.
    public private(set) var chains: [ChainEvaluation] = []
    /// Predictions by their confidence in 15 bins: the reliability table. Empty for systems that give none.
    public private(set) var reliability = ConfidenceTable(binCount: 15)
    /// The same in 1,000 bins, for the coverage curve.
    public private(set) var confidences = ConfidenceTable(binCount: 1000)

    /// An evaluation of nothing yet.
    public init(labels: [UInt8]) {
        self.labels = labels
        confusion = ConfusionMatrix(classCount: labels.count)
    }

    /// Compares one chain. A prediction that is none of the labels, such as a missing one, is wrong; it is not in the
    /// confusion matrix.
    /// - Parameters:
    ///   - truth: a label a residue, `-` where there is none.
    ///   - predicted: as many.
    ///   - confidence: the probability of each predicted label; nil: not known.
    public mutating func add(truth: [UInt8], predicted: [UInt8], confidence: [Float]? = nil) {
        precondition(truth.count == predicted.count && confidence.map { $0.count == truth.count } ?? true)
        chains.append(ChainEvaluation(truth: truth, predicted: predicted))
        var places = [Int?](repeating: nil, count: 256)
        for (place, label) in labels.enumerated() { places[Int(label)] = place }
        for index in truth.indices where truth[index] != unlabelled {
            guard let expected = places[Int(truth[index])] else {
                preconditionFailure("a true label of another alphabet")
            }
            if let predicted = places[Int(predicted[index])] { confusion.add(truth: expected, predicted: predicted) }
            if let confidence {
                let isCorrect = truth[index] == predicted[index]
                reliability.add(confidence: Double(confidence[index]), isCorrect: isCorrect)
                confidences.add(confidence: Double(confidence[index]), isCorrect: isCorrect)
            }
        }
    }

    /// Residues that count.
    public var residueCount: Int { chains.reduce(0) { $0 + $1.tally.counted } }

    /// The figure of all chains together; nil where nothing counts.
    public func value(of figure: ChainFigure) -> Double? { chains.value(of: figure) }
}
