/// Training data as a trainer sees it: sequences, a loss, and a validation. The network knows neither letters nor labels.
public protocol TrainingTask: Sendable {
    /// Length of each training sequence in timesteps.
    var lengths: [Int] { get }

    /// Called before every epoch, counted from 0: the sequences may change, and with them `lengths`, by augmentation for
    /// instance. Equal epochs and generators make equal sequences.
    mutating func beginEpoch(_ epoch: Int, using generator: inout SeededGenerator)

    /// Inputs (N, I) of some training sequences, row by row as the batch numbers them. Sequence k of the sorted batch is
    /// `sequences[k]`. Augmentation draws from the generator.
    func inputs(
        _ sequences: [Int], _ batch: RaggedBatch, using generator: inout SeededGenerator
    ) -> Matrix<Float>

    /// The mean loss over the rows or symbols of the batch that count, and their number; sets `gradient` (N, K padded).
    func loss(
        _ logits: Matrix<Float>, _ sequences: [Int], _ batch: RaggedBatch, gradient: inout Matrix<Float>,
        on compute: Compute
    ) -> (mean: Double, count: Int)

    /// Figures of a network on the validation data.
    func validate(_ network: RecurrentNetwork<Float>, on compute: Compute) -> Validation
}

extension TrainingTask {
    /// Does nothing: the sequences are the same in every epoch.
    public mutating func beginEpoch(_ epoch: Int, using generator: inout SeededGenerator) {}
}

/// Figures on validation data.
public struct Validation: Sendable, Equatable, Codable {
    /// The figure to be maximised: the network with the largest is kept.
    public var score: Double
    /// Figures to show, by name.
    public var figures: [String: Double]

    public init(score: Double, figures: [String: Double]) {
        self.score = score
        self.figures = figures
    }
}
