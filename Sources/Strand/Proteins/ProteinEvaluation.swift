import StrandFormats
import StrandMetrics
import StrandNetwork

/// How well a labeller does on labelled chains. Residues without a label count for nothing.
public struct ProteinEvaluation: Sendable {
    /// Truth against prediction in eight states, in the order of `SecondaryStructure.eightStates`.
    public private(set) var eightState = ConfusionMatrix(classCount: 8)
    /// Truth against prediction in three states, in the order of `SecondaryStructure.threeStates`; truth by HGI/EB.
    public private(set) var threeState = ConfusionMatrix(classCount: 3)
    /// Residues right in eight states, chain by chain.
    public private(set) var eightStateChains: [ChainTally] = []
    /// Residues right in three states, chain by chain.
    public private(set) var threeStateChains: [ChainTally] = []

    /// Labels all chains and compares.
    /// - Parameter records: chains with labels of eight states, or of three (H, E, C): then the figures in eight states
    ///   mean nothing.
    public init(of labeller: ProteinLabeller, on records: [LabelledFASTARecord], compute: Compute) {
        let predictions = labeller.label(records.map(\.sequence), on: compute)
        for (record, predicted) in zip(records, predictions) { add(record, predicted) }
    }

    /// Residues that count.
    public var residueCount: Int { threeState.total }

    private mutating func add(_ record: LabelledFASTARecord, _ predicted: ProteinLabels) {
        let reduction = LabelReduction.hgiEB
        eightStateChains.append(
            Self.count(record.labels, predicted.eightState, SecondaryStructure.eightStates, into: &eightState))
        threeStateChains.append(
            Self.count(
                reduction.reduce(record.labels), predicted.threeState, SecondaryStructure.threeStates,
                into: &threeState))
    }

    private static func count(
        _ truth: [UInt8], _ predicted: [UInt8], _ states: [UInt8], into matrix: inout ConfusionMatrix
    ) -> ChainTally {
        var (correct, counted) = (0, 0)
        for (truth, predicted) in zip(truth, predicted) where truth != SecondaryStructure.unlabelled {
            guard let truth = states.firstIndex(of: truth), let predicted = states.firstIndex(of: predicted) else {
                preconditionFailure("labels were checked when read")
            }
            matrix.add(truth: truth, predicted: predicted)
            counted += 1
            if truth == predicted { correct += 1 }
        }
        return ChainTally(correct: correct, counted: counted)
    }
}
