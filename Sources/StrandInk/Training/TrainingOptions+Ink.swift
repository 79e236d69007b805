import StrandNetwork

extension TrainingOptions {
    /// The recipe that the shipped reader was trained with.
    public static var ink: TrainingOptions {
        var options = TrainingOptions()
        options.epochs = 9
        options.dropout = 0.35
        options.optimiser.inputRateFactor = 10
        return options
    }
}
