import StrandFormats
import StrandNetwork

/// Labelled chains as a training task: one-hot residues, cross-entropy over eight states, Q8 + Q3 on validation chains.
public struct ProteinTraining: TrainingTask {
    /// How chains become a task; with `TrainingOptions`, all that changes the result.
    public struct Options: Sendable, Equatable, Codable {
        /// Probability that a residue is shown to the network as unknown.
        public var residueDropout = 0.1
        /// Share of the target spread over all labels.
        public var labelSmoothing = 0.0

        public init() {}
    }

    let encoder: ResidueEncoder
    let options: Options
    public let lengths: [Int]
    private let places: [[UInt8]]
    private let targets: [[UInt32]]
    private let validation: [LabelledFASTARecord]

    /// - Parameters:
    ///   - eightState: chains with labels of eight states.
    ///   - threeState: further chains with labels of three states; each label admits all states reduced to it.
    ///   - validation: chains with labels of eight states.
    public init(
        eightState: [LabelledFASTARecord], threeState: [LabelledFASTARecord] = [],
        validation: [LabelledFASTARecord], options: Options = Options(), encoder: ResidueEncoder = .standard
    ) {
        self.encoder = encoder
        self.options = options
        self.validation = validation
        places = (eightState + threeState).map { encoder.places(of: $0.sequence) }
        lengths = places.map(\.count)
        targets =
            eightState.map { SecondaryStructure.targets(eightStates: $0.labels) }
            + threeState.map { SecondaryStructure.targets(threeStates: $0.labels) }
    }

    public func inputs(
        _ sequences: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        let dropped = sequences.map { sequence in
            places[sequence].map { generator.uniform() < options.residueDropout ? encoder.unknown : $0 }
        }
        return encoder.inputs(batch) { dropped[$0] }
    }

    public func loss(
        _ logits: Matrix<Float>, _ sequences: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        var rows = [UInt32](repeating: 0, count: batch.rowCount)
        for (place, sequence) in sequences.enumerated() {
            for (step, target) in targets[sequence].enumerated() {
                rows[batch.row(sequence: place, step: step)] = target
            }
        }
        let loss = CrossEntropy(smoothing: options.labelSmoothing)
        return loss(
            logits, labels: SecondaryStructure.eightStates.count, targets: rows, gradient: &gradient, on: compute)
    }

    public func validate(_ network: BiLSTM<Float>, on compute: Compute) -> Validation {
        let labeller = ProteinLabeller(network: network, encoder: encoder)
        let evaluation = ProteinEvaluation(of: labeller, on: validation, compute: compute)
        let q3 = evaluation.threeState.accuracy ?? 0
        let q8 = evaluation.eightState.accuracy ?? 0
        return Validation(score: q3 + q8, figures: ["Q3": q3, "Q8": q8])
    }
}
