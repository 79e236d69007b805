import Glibc
import StrandEngine
import StrandMetrics
import StrandNetwork

extension InkModel {
    /// Fits the temperature on samples of ink that the model was not trained on, by the CTC loss of their texts: see
    /// `TemperatureScaling`. Samples whose text the model cannot write, or with too little ink for it, are
    /// ignored; if none is left the temperature stays unchanged.
    /// - Returns: how many samples it is fitted on.
    @discardableResult
    public mutating func calibrate(on samples: [InkSample], compute: Compute) -> Int {
        let texts = samples.compactMap { sample -> (ink: [[InkPoint]], labels: [Int32])? in
            guard let text = sample.text, !text.isEmpty, let labels = alphabet.labels(of: text) else { return nil }
            return (sample.strokes, labels)
        }
        let all = compute.map(texts.count) { [description] in description.input.frames(of: texts[$0].ink) }
        let usable = texts.indices.filter { all[$0].count >= max(1, CTC.leastSteps(for: texts[$0].labels)) }
        if usable.isEmpty { return 0 }
        let (frames, labels) = (usable.map { all[$0] }, usable.map { texts[$0].labels })
        let probabilities = network.probabilities(lengths: frames.map(\.count), on: compute) {
            [description] sequences, batch in
            description.input.inputs(batch) { frames[sequences[$0]] }
        }
        description.temperature = TemperatureScaling.temperature { temperature in
            compute.map(usable.count) { index in
                let scaled = probabilities[index].scaled(by: temperature)
                return -CTC(blank: InkAlphabet.blank).logProbability(of: labels[index], scaled)
            }.reduce(0, +)
        }
        return usable.count
    }
}

extension Matrix<Float> {
    /// Rows of probabilities at temperature 1, converted to another temperature.
    fileprivate func scaled(by temperature: Double) -> Matrix<Float> {
        var scaled = self
        let exponent = Float(1 / temperature)
        for row in 0..<rows {
            var sum: Float = 0
            for column in 0..<columns {
                scaled[row, column] = powf(max(self[row, column], 1e-30), exponent)
                sum += scaled[row, column]
            }
            for column in 0..<columns { scaled[row, column] /= sum }
        }
        return scaled
    }
}
