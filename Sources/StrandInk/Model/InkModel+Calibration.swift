import Glibc
import StrandEngine
import StrandMetrics
import StrandNetwork

extension InkModel {
    /// Fits the temperature on samples of ink that the model was not trained on, by the CTC loss of their texts: see
    /// `TemperatureScaling`. Samples whose text the model cannot write, or with too little ink for it, are
    /// ignored; if none is left the temperature stays unchanged.
    public mutating func calibrate(on samples: [InkSample], compute: Compute) {
        let texts = samples.compactMap { sample -> (ink: [[InkPoint]], labels: [Int32])? in
            guard let text = sample.text, !text.isEmpty, let labels = alphabet.labels(of: text) else { return nil }
            return (sample.strokes, labels)
        }
        let frames = compute.map(texts.count) { [description] in description.input.frames(of: texts[$0].ink) }
        let probabilities = network.probabilities(lengths: frames.map(\.count), on: compute) {
            [description] sequences, batch in
            description.input.inputs(batch) { frames[sequences[$0]] }
        }
        let usable = texts.indices.filter { frames[$0].count >= CTC.leastSteps(for: texts[$0].labels) }
        if usable.isEmpty { return }
        description.temperature = TemperatureScaling.temperature { temperature in
            compute.map(usable.count) { position in
                let index = usable[position]
                let scaled = probabilities[index].scaled(by: temperature)
                return -CTC(blank: InkAlphabet.blank).logProbability(of: texts[index].labels, scaled)
            }.reduce(0, +)
        }
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
