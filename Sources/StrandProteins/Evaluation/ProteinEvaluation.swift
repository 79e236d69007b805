import StrandMetrics
import StrandNetwork

/// How well chains were labelled. Residues without a label are not counted.
public struct ProteinEvaluation: Sendable {
    /// How true DSSP labels become three states.
    public let reduction: LabelReduction
    /// Over the model's labels, in their order.
    public private(set) var byLabel: LabelEvaluation
    /// In three states, in the order of `SecondaryStructure.threeStates`; nil if the labels are not DSSP's.
    public private(set) var threeState: LabelEvaluation?

    /// An empty evaluation.
    public init(labels: LabelSet = .dssp, reduction: LabelReduction = .hgiEB) {
        self.reduction = reduction
        byLabel = LabelEvaluation(labels: labels.letters)
        threeState = labels.isDSSP ? LabelEvaluation(labels: SecondaryStructure.threeStates) : nil
    }

    /// Labels all chains and compares them with the truth.
    /// - Parameters:
    ///   - labeller: the labeller to evaluate.
    ///   - records: chains with the model's labels. If those are DSSP's, the chains may have labels of three states (H,
    ///     E, C) instead: the figures over the model's labels then mean nothing.
    ///   - reduction: how true DSSP labels become three states.
    ///   - compute: where to run.
    ///   - progress: takes the number of chains labelled so far.
    public init(
        of labeller: ProteinLabeller, on records: [LabelledFASTARecord], reduction: LabelReduction = .hgiEB,
        compute: Compute, progress: (Int) -> Void = { _ in }
    ) {
        self.init(labels: labeller.labels, reduction: reduction)
        labeller.label(inputs: records.map(\.input), on: compute) { index, predicted in
            add(records[index].labels, predicted)
            progress(index + 1)
        }
    }

    /// Compares a model's labels of one chain with the truth.
    public mutating func add(_ truth: [UInt8], _ predicted: ProteinLabels) {
        byLabel.add(
            truth: truth, predicted: predicted.labels,
            confidence: ProteinLabels.greatest(of: predicted.states.count, predicted.probabilities))
        guard threeState != nil else { return }
        let (labels, probabilities) = predicted.reduced(by: reduction)
        threeState?.add(
            truth: reduction.reduce(truth), predicted: labels,
            confidence: ProteinLabels.greatest(of: 3, probabilities))
    }

    /// The evaluation whose figures are reported first: three states if there are any.
    public var main: LabelEvaluation { threeState ?? byLabel }

    /// Number of counted residues.
    public var residueCount: Int { main.residueCount }
}
