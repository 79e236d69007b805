import StrandBytes
import StrandMetrics
import StrandNetwork

/// Ink samples as a training task: steps along the ink, newly augmented in every epoch, CTC over characters, and the
/// character error rate on validation samples.
public struct InkTraining: TrainingTask {
    /// How samples become a task; together with `TrainingOptions`, everything that changes the result.
    public struct Options: Sendable, Equatable, Codable {
        public var encoder = InkEncoder()
        /// The characters to read.
        public var alphabet = InkAlphabet.printableASCII
        public var augmentation = InkAugmentation()

        public init() {}
    }

    /// Samples of a file for model selection.
    public struct ValidationSet: Sendable {
        public var name: String
        public var samples: [InkSample]

        public init(name: String, samples: [InkSample]) {
            self.name = name
            self.samples = samples
        }
    }

    /// Training samples left out, by reason.
    public struct Exclusions: Sendable, Equatable {
        public var withoutText = 0
        public var withoutInk = 0
        /// With a character that is not in the alphabet.
        public var outsideAlphabet = 0
        /// With more characters than the ink has frames.
        public var tooLong = 0
    }

    let options: Options
    /// The samples left out.
    public private(set) var exclusions = Exclusions()
    /// Strokes of the training samples that were parts of the one before: see `InkSample.joinedStrokes`.
    public private(set) var joinedStrokes = 0
    /// Number of training samples used.
    public var sampleCount: Int { texts.count }
    public private(set) var lengths: [Int] = []

    /// Coordinates relative to each sample's first point.
    private var inks: [[[SIMD2<Float>]]] = []
    private var texts: [[Int32]] = []
    /// Of the current epoch: (T, I) of each sample.
    private var values: [[Float]] = []
    private let validation: [ValidationSet]

    /// - Parameters:
    ///   - samples: samples with text; unusable ones are left out and counted in `exclusions`.
    ///   - validation: sets with equal weight in the score.
    ///   - options: how samples become a task.
    public init(_ samples: [InkSample], validation: [ValidationSet], options: Options = Options()) {
        self.options = options
        self.validation = validation
        for sample in samples { add(sample) }
    }

    private mutating func add(_ sample: InkSample) {
        guard let text = sample.text, !text.isEmpty else {
            exclusions.withoutText += 1
            return
        }
        guard let labels = options.alphabet.labels(of: text) else {
            exclusions.outsideAlphabet += 1
            return
        }
        let ink = PreparedInk(sample.strokes).strokes
        let frames = options.encoder.frames(of: ink).count
        if frames == 0 {
            exclusions.withoutInk += 1
            return
        }
        if frames < CTC.leastSteps(for: labels) {
            exclusions.tooLong += 1
            return
        }
        inks.append(ink.map { stroke in stroke.map { SIMD2<Float>($0 - ink[0][0]) } })
        joinedStrokes += sample.joinedStrokes
        texts.append(labels)
        lengths.append(frames)
    }

    public mutating func beginEpoch(_ epoch: Int, using generator: inout SeededGenerator) {
        values = inks.map { ink in
            let (strokes, sizeFactor) = options.augmentation.apply(to: ink, using: &generator)
            return options.encoder.frames(of: strokes, sizeFactor: sizeFactor).values
        }
        lengths = values.map { $0.count / options.encoder.featureCount }
    }

    public func inputs(
        _ sequences: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float> {
        batch.matrix(columns: options.encoder.featureCount) { values[sequences[$0]] }
    }

    public func loss(
        _ logits: Matrix<Float>, _ sequences: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int) {
        let loss = CTC(blank: InkAlphabet.blank)(
            logits, labels: options.alphabet.labelCount, batch: batch, texts: sequences.map { texts[$0] },
            gradient: &gradient, on: compute)
        return (loss.mean, loss.count)
    }

    /// The score is 1 minus the mean over the sets of the character error rate of the most probable path.
    public func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation {
        let reader = InkReader(network: network, encoder: options.encoder, alphabet: options.alphabet)
        var figures: [String: Double] = [:]
        for set in validation {
            let rates = ErrorRates(of: reader.read(set.samples.map(\.strokes), on: compute), on: set.samples)
            figures["\(set.name) CER"] = rates.errorRate(of: \.characters) ?? 0
        }
        return Validation(
            score: 1 - figures.values.reduce(0, +) / Double(max(figures.count, 1)), figures: figures)
    }
}

extension TrainingOptions {
    /// The training recipe of the shipped reader.
    public static var ink: TrainingOptions {
        var options = TrainingOptions()
        options.epochs = 9
        options.warmupShare = 0.1
        options.dropout = 0.35
        options.optimiser.inputRateFactor = 10
        return options
    }
}
