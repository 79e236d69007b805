import StrandMetrics

extension ErrorRates {
    /// Error rates of readings of ink samples, grouped by writer. Samples without text are left out; an empty text is one.
    public init(of readings: [InkReading], on samples: [InkSample]) {
        precondition(readings.count == samples.count, "\(readings.count) readings of \(samples.count) samples")
        self.init()
        for (sample, reading) in zip(samples, readings) {
            guard let text = sample.text else { continue }
            add(truth: text, reading: reading.text, group: sample.writer)
        }
    }
}
