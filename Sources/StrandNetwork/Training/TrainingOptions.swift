import Glibc

/// How a network is trained. Everything that changes the result is here, so equal options and data give equal weights.
///
/// The defaults suit no data in particular: a task has a recipe of its own.
public struct TrainingOptions: Sendable, Equatable, Codable {
    /// Passes over the training data.
    public var epochs = 10
    /// Timesteps in a batch, at most (a longer sequence is a batch of its own).
    public var rowsPerBatch = 8192
    /// Largest learning rate.
    public var rate = 3e-3
    /// Steps over which the rate rises linearly from 0.
    public var warmupSteps = 200
    /// The largest share of all steps that the rate may rise over, where these are few; nil: any.
    public var warmupShare: Double?
    /// The rate ends at this share of the largest one, along a cosine (Loshchilov & Hutter 2017).
    public var finalRateShare = 0.02
    /// Probability that a unit is dropped after each layer, for a whole sequence.
    public var dropout = 0.0
    /// Stop after this many epochs without a better validation score; nil: never.
    public var patience: Int?
    /// Timesteps over which the gates should remember from the start (Tallec & Ollivier 2018, "Can recurrent neural networks
    /// warp time?"); nil: forget gates begin with a bias of 1.
    public var longestLag: Int?
    /// Seed of all randomness: initial weights, order, augmentation, dropout.
    public var seed: UInt64 = 1
    /// Settings of the optimiser.
    public var optimiser = AdamW<Float>.Options()

    public init() {}

    /// Learning rate of a step (from 0), when a share of the whole training is done.
    func rate(step: Int, progress: Double) -> Double {
        let warmup = min(1, Double(step + 1) / Double(max(warmupSteps, 1)))
        let cosine = 0.5 * (1 + cos(.pi * min(progress, 1)))
        return rate * warmup * (finalRateShare + (1 - finalRateShare) * cosine)
    }
}
