import StrandMetrics

extension ErrorRates {
    /// Error rates of readings of samples of ink, writers as groups. Every sample counts; one without text is taken as if
    /// nothing were written there.
    public init(of readings: [InkReading], on samples: [InkSample]) {
        precondition(readings.count == samples.count, "\(readings.count) readings of \(samples.count) samples")
        self.init()
        for (sample, reading) in zip(samples, readings) {
            add(truth: sample.text ?? "", reading: reading.text, group: sample.writer)
        }
    }
}
