import StrandBytes
import StrandProteins
import TestSupport

let threeStates = Array("HEC".utf8)
let eightStates = Array("HGIEBTSC".utf8)

/// A short record of three states, with lower case and one label of each kind.
let shortRecord = PredictionRecord(
    header: Array("a first".utf8), sequence: Array("MkV".utf8), labels: Array("CHE".utf8), states: threeStates,
    probabilities: [0, 0, 1, 0.75, 0.25, 0, 0.25, 0.5, 0.25])

/// The labels of a chain, each with this probability, the others sharing the rest.
func labels(_ text: String, states: [UInt8], probability: Float) -> StateLabels {
    let rest = (1 - probability) / Float(states.count - 1)
    let labels = Array(text.utf8)
    return StateLabels(
        labels: labels, states: states,
        probabilities: labels.flatMap { label in states.map { $0 == label ? probability : rest } })
}

/// A record of alanine with these labels of three states.
func record(_ header: [UInt8], _ text: String, probability: Float = 0.75) -> PredictionRecord {
    PredictionRecord(
        header: header, sequence: [UInt8](repeating: UInt8(ascii: "A"), count: text.utf8.count),
        main: labels(text, states: threeStates, probability: probability))
}

func record(_ header: String, _ text: String, probability: Float = 0.75) -> PredictionRecord {
    record(Array(header.utf8), text, probability: probability)
}

/// A chain of random residues with random labels of three and eight states, often the one before.
func randomRecord(_ header: String, length: Int, main: StateCount, using random: inout SplitMix64) -> PredictionRecord {
    let three = randomLabels(length, threeStates, using: &random)
    let eight = randomLabels(length, eightStates, using: &random)
    let residues = Array("ACDEFGHIKLMNPQRSTVWYacdX".utf8)
    return PredictionRecord(
        header: Array(header.utf8), sequence: (0..<length).map { _ in residues.randomElement(using: &random)! },
        main: main == .three ? three : eight, other: main == .three ? eight : three)
}

private func randomLabels(_ length: Int, _ states: [UInt8], using random: inout SplitMix64) -> StateLabels {
    var (labels, probabilities): ([UInt8], [Float]) = ([], [])
    for _ in 0..<length {
        let isSame = Bool.random(using: &random)
        labels.append(isSame ? labels.last ?? states[0] : states.randomElement(using: &random)!)
        let weights = states.map { _ in Float.random(in: 0.001...1, using: &random) }
        let sum = weights.reduce(0, +)
        probabilities += weights.map { $0 / sum }
    }
    return StateLabels(labels: labels, states: states, probabilities: probabilities)
}

/// A file of these records.
func file(_ format: PredictionFormat, _ records: [PredictionRecord]) -> [UInt8] {
    format.preamble(states: records.first?.states ?? threeStates) + records.flatMap { format.bytes(of: $0) }
}

func text(_ format: PredictionFormat, _ records: PredictionRecord...) -> String {
    String(decoding: file(format, records), as: UTF8.self)
}
