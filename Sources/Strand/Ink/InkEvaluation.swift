import StrandFormats
import StrandMetrics
import StrandNetwork

extension ErrorRates {
    /// Error rates of a reader on samples of ink, writers as groups. Every sample counts; one without text is read as if
    /// nothing were written there.
    public init(of reader: InkReader, on samples: [InkSample], compute: Compute) {
        self.init()
        for (sample, reading) in zip(samples, reader.read(samples.map(\.strokes), on: compute)) {
            add(truth: sample.text ?? "", reading: reading.text, group: sample.writer)
        }
    }
}
