import Glibc
import StrandMetrics
import StrandNetwork

extension ProteinModel {
    /// Fits the temperature on labelled chains that the model was not trained on: see `TemperatureScaling`. Residues
    /// without a label are not counted; if none has one the temperature stays unchanged.
    public mutating func calibrate(on records: [LabelledFASTARecord], compute: Compute) {
        let labeller = ProteinLabeller(network: network, labels: labels, encoder: description.input)
        let (letters, count) = (labels.letters, labels.count)
        let predictions = labeller.label(records.map(\.sequence), on: compute)
        // (N, K): logarithms of the probabilities at temperature 1 are logits; the true state of each row.
        let chains = compute.map(records.count) { index in
            let logits = predictions[index].probabilities.map { log(max(Double($0), 1e-30)) }
            let truth = records[index].labels.map { letters.firstIndex(of: $0) }
            return (logits: logits, truth: truth)
        }
        guard chains.contains(where: { $0.truth.contains { $0 != nil } }) else { return }
        description.temperature = TemperatureScaling.temperature { temperature in
            compute.map(chains.count) { index in
                let (logits, truth) = chains[index]
                return truth.enumerated().reduce(0.0) { sum, residue in
                    guard let state = residue.element else { return sum }
                    let row = logits[count * residue.offset..<count * (residue.offset + 1)].map { $0 / temperature }
                    return sum + log(row.reduce(0) { $0 + exp($1) }) - row[state]
                }
            }.reduce(0, +)
        }
    }
}
