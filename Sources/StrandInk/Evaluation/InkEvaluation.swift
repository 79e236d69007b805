import StrandMetrics

extension ErrorRates {
    /// Error rates of readings of ink samples, grouped by writer. Every sample counts; one without text is scored
    /// against an empty text.
    public init(of readings: [InkReading], on samples: [InkSample]) {
        precondition(readings.count == samples.count, "\(readings.count) readings of \(samples.count) samples")
        self.init()
        for (sample, reading) in zip(samples, readings) {
            add(truth: sample.text ?? "", reading: reading.text, group: sample.writer)
        }
    }
}
