/// What one step of training did.
public struct StepReport: Sendable, Equatable {
    /// Steps taken so far.
    public var step: Int
    /// Timesteps in the batch.
    public var rows: Int
    /// Mean loss over what counts in the batch, in nats.
    public var loss: Double
    /// Norm of the gradient before clipping.
    public var gradientNorm: Double
    /// Learning rate used.
    public var rate: Double
    /// Set when the step was the last of an epoch.
    public var epoch: EpochReport?
}

/// What one epoch of training did.
public struct EpochReport: Sendable, Equatable {
    /// Epochs done, from 1.
    public var epoch: Int
    /// Mean training loss of the epoch, with dropout, in nats.
    public var loss: Double
    public var validation: Validation
    /// Whether no earlier epoch had a better score.
    public var isBest: Bool
}

/// Training that came to nothing: the gradient of a step is not finite. A lower learning rate usually helps.
public struct TrainingDiverged: Error, Sendable, Equatable, CustomStringConvertible {
    /// The step, from 1.
    public var step: Int

    public var description: String {
        "training diverged at step \(step): the gradient is not finite; try a lower --rate"
    }
}
