import StrandMetrics
import StrandNetwork

/// How well chains were labelled. Residues without a label are not counted.
public struct ProteinEvaluation: Sendable {
    /// How true DSSP labels become three states.
    public let reduction: LabelReduction
    /// Over the model's labels, in their order. If those are DSSP's, chains of three states have no label here.
    public private(set) var byLabel: LabelEvaluation
    /// In three states, in the order of `SecondaryStructure.threeStates`; nil if the labels are not DSSP's.
    public private(set) var threeState: LabelEvaluation?
    /// Chains with DSSP's eight states, if there are chains of three states beside them.
    public private(set) var eightStateChains: Int?

    /// An empty evaluation.
    public init(labels: LabelSet = .dssp, reduction: LabelReduction = .hgiEB) {
        self.reduction = reduction
        byLabel = LabelEvaluation(labels: labels.letters)
        threeState = labels.isDSSP ? LabelEvaluation(labels: SecondaryStructure.threeStates) : nil
    }

    /// Labels all chains and compares them with the truth.
    /// - Parameters:
    ///   - labeller: the labeller to evaluate.
    ///   - records: chains with the model's labels. If those are DSSP's, chains may have labels of three states (H, E, C)
    ///     instead.
    ///   - states: of the chains' labels, if those are DSSP's; nil: as `threeStateChains` tells.
    ///   - reduction: how true DSSP labels become three states.
    ///   - compute: where to run.
    ///   - progress: takes the number of chains labelled so far.
    public init(
        of labeller: ProteinLabeller, on records: [LabelledFASTARecord], states: StateCount? = nil,
        reduction: LabelReduction = .hgiEB, compute: Compute, progress: (Int) -> Void = { _ in }
    ) {
        self.init(of: labeller, on: records, states: states, reduction: reduction, compute: compute) { number, _ in
            progress(number)
        }
    }

    /// The same; `each` takes the number of chains labelled so far and the labels of the last of them.
    package init(
        of labeller: ProteinLabeller, on records: [LabelledFASTARecord], states: StateCount? = nil,
        reduction: LabelReduction = .hgiEB, compute: Compute, each: (Int, ProteinLabels) -> Void
    ) {
        self.init(labels: labeller.labels, reduction: reduction)
        let haveThree =
            labeller.labels.isDSSP && states == nil
            ? records.threeStateChains : Array(repeating: states == .three, count: records.count)
        labeller.label(inputs: records.map(\.input), on: compute) { index, predicted in
            add(records[index].labels, predicted, hasThreeStates: haveThree[index])
            each(index + 1, predicted)
        }
        eightStateChains = haveThree.contains(true) ? haveThree.count { !$0 } : nil
    }

    /// Compares a model's labels of one chain with the truth.
    /// - Parameter hasThreeStates: whether the truth is of three states though the model's labels are DSSP's.
    public mutating func add(_ truth: [UInt8], _ predicted: ProteinLabels, hasThreeStates: Bool = false) {
        byLabel.add(
            truth: hasThreeStates ? truth.withoutLabels : truth, predicted: predicted.labels,
            confidence: ProteinLabels.greatest(of: predicted.states.count, predicted.probabilities))
        guard threeState != nil else { return }
        let (labels, probabilities) = predicted.reduced(by: reduction)
        threeState?.add(
            truth: reduction.reduce(truth), predicted: labels,
            confidence: ProteinLabels.greatest(of: 3, probabilities))
    }

    /// Over DSSP's eight states; nil if no chain has them.
    public var eightState: LabelEvaluation? { threeState != nil && byLabel.residueCount > 0 ? byLabel : nil }

    /// The evaluation whose figures are reported first: three states if there are any.
    public var main: LabelEvaluation { threeState ?? byLabel }

    /// Number of counted residues.
    public var residueCount: Int { main.residueCount }
}
