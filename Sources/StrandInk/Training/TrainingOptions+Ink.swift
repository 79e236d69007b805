import StrandNetwork

extension TrainingOptions {
    /// The training recipe of the shipped reader.
    public static var ink: TrainingOptions {
        var options = TrainingOptions()
        options.epochs = 9
        options.dropout = 0.35
        options.optimiser.inputRateFactor = 10
        return options
    }
}
