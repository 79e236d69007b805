import StrandNetwork

extension TrainingOptions {
    /// The recipe of networks on chains, chosen on validation chains. Residues are one-hot features, hence the rate of the
    /// input weights: see `AdamW.Options.inputRateFactor`.
    public static var proteins: TrainingOptions {
        var options = TrainingOptions()
        options.epochs = 9
        options.dropout = 0.35
        options.optimiser.inputRateFactor = 10
        return options
    }
}
