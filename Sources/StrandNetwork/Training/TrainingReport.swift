/// The report of one step of training.
public struct StepReport: Sendable, Equatable {
    /// Number of steps so far.
    public var step: Int
    /// Timesteps in the batch.
    public var rows: Int
    /// Mean loss over the rows or symbols of the batch that count, in nats.
    public var loss: Double
    /// Norm of the gradient before clipping.
    public var gradientNorm: Double
    /// Learning rate of the step.
    public var rate: Double
    /// Set if the step was the last of an epoch.
    public var epoch: EpochReport?
}

/// The report of one epoch of training.
public struct EpochReport: Sendable, Equatable {
    /// Number of epochs so far.
    public var epoch: Int
    /// Mean training loss of the epoch, with dropout, in nats.
    public var loss: Double
    /// Figures on the validation data.
    public var validation: Validation
    /// Whether no earlier epoch had a better score.
    public var isBest: Bool
}

/// The gradient of a training step is not finite. A lower learning rate usually helps.
public struct TrainingDiverged: Error, Sendable, Equatable, CustomStringConvertible {
    /// The step, from 1.
    public var step: Int

    public var description: String {
        "training diverged at step \(step): the gradient is not finite; try a lower --rate"
    }
}
