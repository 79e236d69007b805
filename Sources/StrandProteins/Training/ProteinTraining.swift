import StrandEngine
import StrandMetrics
import StrandNetwork

/// Labelled chains as a training task: one-hot residues, cross-entropy over the labels. The score on validation chains is
/// Q8, over chains of eight states, + Q3 if the labels are DSSP's, else Matthews correlation over all labels (Gorodkin 2004).
public struct ProteinTraining: TrainingTask {
    /// How chains become a task; together with `TrainingOptions`, everything that changes the result.
    public struct Options: Sendable, Equatable, Codable {
        /// Probability that a residue is shown to the network as unknown.
        public var residueDropout = 0.1
        /// Share of the target spread over all labels: evenly, or as the teachers predict if there are any.
        public var softShare = 0.0
        /// Probability that a chain's profile is thinned to that of a few relatives: see `ResidueProfile.thinned`.
        public var thinning = 0.0
        /// The share of an epoch's residues that is of chains with labels of their own; below 1 where there are chains with
        /// soft labels.
        public var labelledShare = 1.0
        /// The weight of the squared error of hints, averaged over them, beside the cross-entropy; 0: they are not learned.
        public var hintWeight = 0.0

        public init() {}

        /// Options missing from a file did not exist when it was made: they had no effect.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            residueDropout = try container.decodeIfPresent(Double.self, forKey: .residueDropout) ?? 0
            softShare = try container.decodeIfPresent(Double.self, forKey: .softShare) ?? 0
            thinning = try container.decodeIfPresent(Double.self, forKey: .thinning) ?? 0
            labelledShare = try container.decodeIfPresent(Double.self, forKey: .labelledShare) ?? 1
            hintWeight = try container.decodeIfPresent(Double.self, forKey: .hintWeight) ?? 0
        }
    }

    let encoder: ResidueEncoder
    let labels: LabelSet
    let options: Options
    /// Of the labelled chains, then of the epoch's chains with soft labels.
    public private(set) var lengths: [Int]
    /// Those with labels.
    private let chains: [ChainInput]
    private let targets: [[UInt32]]
    /// For each chain (T, K), row-major: the teachers' probabilities; empty without teachers.
    private let taught: [[Float]]
    private let softLabelled: SoftLabelledChains?
    /// The epoch's chains of `softLabelled`.
    private var shown: Range<Int> = 0..<0
    /// Residues with labels of their own, in an epoch.
    private let labelledResidues: Int
    private let validation: [LabelledFASTARecord]

    /// F: hints that a network learns beside the labels, as outputs behind theirs.
    private var hintCount: Int { options.hintWeight > 0 ? softLabelled?.hintCount ?? 0 : 0 }

    /// - Parameters:
    ///   - chains: chains with labels of the set.
    ///   - labels: the label set.
    ///   - threeState: further chains with labels of three states; each label admits all states reduced to it. None
    ///     unless the labels are DSSP's.
    ///   - validation: chains with labels of the set.
    ///   - options: how chains become a task.
    ///   - taught: for each of `chains`, then of `threeState`, probabilities (T, K) from other networks
    ///     (`ProteinLabeller.teach`); nil: no teachers.
    ///   - softLabelled: further chains, too many for one epoch: each epoch takes as many as `labelledShare` says, and
    ///     goes on where the last one ended.
    ///   - encoder: how residues become inputs.
    public init(
        _ chains: [LabelledFASTARecord], labels: LabelSet = .dssp, threeState: [LabelledFASTARecord] = [],
        validation: [LabelledFASTARecord], options: Options = Options(), taught: [[Float]]? = nil,
        softLabelled: SoftLabelledChains? = nil, encoder: ResidueEncoder = .standard
    ) {
        precondition(threeState.isEmpty || labels.isDSSP, "three states are reduced from DSSP's")
        self.encoder = encoder
        self.labels = labels
        self.options = options
        self.validation = validation
        self.chains = (chains + threeState).map(\.input)
        self.softLabelled = softLabelled
        lengths = self.chains.map(\.sequence.count)
        labelledResidues = lengths.reduce(0, +)
        targets =
            chains.map { labels.targets($0.labels) }
            + threeState.map { SecondaryStructure.targets(threeStates: $0.labels) }
        self.taught = taught ?? []
        let count = labels.count
        precondition(
            taught.map { $0.map(\.count) == lengths.map { count * $0 } } ?? true, "teachers saw other chains")
    }

    public mutating func beginEpoch(_ epoch: Int, using generator: inout SeededGenerator) {
        guard let softLabelled else { return }
        let wanted = Double(labelledResidues) * (1 - options.labelledShare) / options.labelledShare
        shown = softLabelled.chains(from: epoch * Int(wanted), residues: Int(wanted))
        lengths.removeSubrange(chains.count...)
        lengths += shown.map { softLabelled.length(of: $0) }
    }

    /// The chain with soft labels that a sequence of the epoch is; nil: it has labels of its own.
    private func softLabelled(_ sequence: Int) -> (set: SoftLabelledChains, chain: Int)? {
        guard sequence >= chains.count, let softLabelled else { return nil }
        return (softLabelled, shown.lowerBound + sequence - chains.count)
    }

    public func inputs(
        _ sequences: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        let shown = sequences.map { view(of: chain($0), using: &generator) }
        return encoder.inputs(batch) { shown[$0] }
    }

    private func chain(_ sequence: Int) -> ChainInput {
        softLabelled(sequence).map { ChainInput($0.set.sequence(of: $0.chain), nil) } ?? chains[sequence]
    }

    /// A chain as the network sees it this time.
    private func view(of chain: ChainInput, using generator: inout SeededGenerator) -> ResidueEncoder.Encoded {
        var chain = chain
        if case .profile(let profile) = chain.features, options.thinning > 0, generator.uniform() < options.thinning {
            let profile = profile.thinned(around: chain.sequence, using: &generator)
            chain = ChainInput(chain.sequence, .profile(profile))
        }
        var encoded = encoder.encode(chain)
        for index in encoded.codes.indices where generator.uniform() < options.residueDropout {
            encoded.codes[index] = encoder.unknown
        }
        return encoded
    }

    public func loss(
        _ logits: Matrix<Float>, _ sequences: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        // A target that is all soft counts whatever the label.
        let any = UInt32(truncatingIfNeeded: (1 << UInt64(labels.count)) - 1)
        let rows = batch.rows(filledWith: UInt32(0)) { index in
            let sequence = sequences[index]
            return sequence < targets.count ? targets[sequence] : [UInt32](repeating: any, count: lengths[sequence])
        }
        let shares = batch.rows(filledWith: 0.0) { index in
            let sequence = sequences[index]
            return [Double](repeating: sequence < chains.count ? options.softShare : 1, count: lengths[sequence])
        }
        var loss = CrossEntropy()(
            logits, labels: labels.count, targets: rows, soft: soft(sequences, batch), shares: shares,
            gradient: &gradient, on: compute)
        if hintCount > 0 {
            loss.mean += SquaredError().add(
                logits, from: labels.count, targets: hints(sequences, batch),
                counting: batch.rows(filledWith: false) { index in
                    [Bool](repeating: sequences[index] >= chains.count, count: lengths[sequences[index]])
                },
                scale: options.hintWeight / Double(max(loss.count, 1)), to: &gradient)
        }
        return loss
    }

    /// The hints of a batch (N, F); 0 for chains without soft labels.
    private func hints(_ sequences: [Int], _ batch: RaggedBatch) -> Matrix<Float> {
        batch.matrix(columns: hintCount) { index in
            softLabelled(sequences[index]).map { $0.set.hints(of: $0.chain) }
                ?? [Float](repeating: 0, count: hintCount * lengths[sequences[index]])
        }
    }

    /// The teachers' probabilities for a batch (N, K); where there are none, the same for all labels.
    private func soft(_ sequences: [Int], _ batch: RaggedBatch) -> Matrix<Float>? {
        guard !taught.isEmpty || softLabelled != nil else { return nil }
        return batch.matrix(columns: labels.count) { index in
            let sequence = sequences[index]
            if let (set, chain) = softLabelled(sequence) { return set.probabilities(of: chain) }
            if !taught.isEmpty { return taught[sequence] }
            return [Float](repeating: 1 / Float(labels.count), count: labels.count * lengths[sequence])
        }
    }

    public func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation {
        let labeller = ProteinLabeller(
            network: network.withLabels(labels.count), labels: labels, encoder: encoder)
        let evaluation = ProteinEvaluation(of: labeller, on: validation, compute: compute)
        guard let threeState = evaluation.threeState else {
            let mcc = evaluation.byLabel.confusion.matthewsCorrelation ?? 0
            return Validation(
                score: mcc, figures: ["MCC": mcc, "accuracy": evaluation.byLabel.value(of: .accuracy) ?? 0])
        }
        let q3 = threeState.value(of: .accuracy) ?? 0
        guard let q8 = evaluation.eightState?.value(of: .accuracy) else {
            return Validation(score: q3, figures: ["Q3": q3])
        }
        return Validation(score: q3 + q8, figures: ["Q3": q3, "Q8": q8])
    }
}

extension ProteinLabeller {
    /// The mean of several labellers' probabilities for each chain (T, K), row-major: targets for a student.
    public static func teach(
        _ chains: [ChainInput], by teachers: [ProteinLabeller], on compute: Compute, progress: (Int) -> Void = { _ in }
    ) -> [[Float]] {
        var sums = chains.map { [Float](repeating: 0, count: teachers[0].labels.count * $0.sequence.count) }
        for (number, teacher) in teachers.enumerated() {
            teacher.label(inputs: chains, on: compute) { index, labels in
                for (offset, probability) in labels.probabilities.enumerated() {
                    sums[index][offset] += probability / Float(teachers.count)
                }
                progress((number * chains.count + index + 1) / teachers.count)
            }
        }
        return sums
    }
}

extension TrainingOptions {
    /// The recipe of networks on chains, chosen on validation chains. Residues are one-hot features, hence the rate of the
    /// input weights: see `AdamW.Options.inputRateFactor`.
    public static var proteins: TrainingOptions {
        var options = TrainingOptions()
        options.epochs = 9
        options.warmupShare = 0.1
        options.dropout = 0.35
        options.optimiser.inputRateFactor = 10
        return options
    }
}
