import StrandMetrics
import StrandNetwork

/// How well secondary structure was predicted on labelled chains. Residues without a label count for nothing.
public struct ProteinEvaluation: Sendable {
    /// How the true labels become three states.
    public let reduction: LabelReduction
    /// In eight states, in the order of `SecondaryStructure.eightStates`.
    public private(set) var eightState = LabelEvaluation(labels: SecondaryStructure.eightStates)
    /// In three states, in the order of `SecondaryStructure.threeStates`.
    public private(set) var threeState = LabelEvaluation(labels: SecondaryStructure.threeStates)

    /// An evaluation of nothing yet.
    public init(reduction: LabelReduction = .hgiEB) {
        self.reduction = reduction
    }

    /// Labels all chains and compares.
    /// - Parameters:
    ///   - labeller: what is evaluated.
    ///   - records: chains with labels of eight states, or of three (H, E, C): then the figures in eight states mean
    ///     nothing.
    ///   - reduction: how the true labels become three states.
    ///   - compute: where to run.
    public init(
        of labeller: ProteinLabeller, on records: [LabelledFASTARecord], reduction: LabelReduction = .hgiEB,
        compute: Compute
    ) {
        self.init(reduction: reduction)
        let predictions = labeller.label(records.map(\.sequence), on: compute)
        for (record, predicted) in zip(records, predictions) { add(record.labels, predicted) }
    }

    /// Compares what a model says of one chain with the truth in eight states, or in three.
    public mutating func add(_ truth: [UInt8], _ predicted: ProteinLabels) {
        eightState.add(
            truth: truth, predicted: predicted.eightState,
            confidence: ProteinLabels.greatest(of: 8, predicted.eightStateProbabilities))
        let (labels, probabilities) = predicted.reduced(by: reduction)
        threeState.add(
            truth: reduction.reduce(truth), predicted: labels,
            confidence: ProteinLabels.greatest(of: 3, probabilities))
    }

    /// Residues that count.
    public var residueCount: Int { threeState.residueCount }
}
