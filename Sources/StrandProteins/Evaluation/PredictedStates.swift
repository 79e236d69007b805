import StrandBytes
import StrandMetrics

/// The labels a system gave the residues of a chain.
public struct PredictedStates {
    public let sequence: [UInt8]?
    /// One label per residue; `-` if there is none.
    public let labels: [UInt8]
    private let states: [UInt8]
    private let probabilities: [Float]
    /// Labels of three states that are not a reduction of the others.
    private let own: [UInt8]?
    /// Whether the chain has no id but the name of its file.
    let isNamedByFile: Bool

    /// - Parameter repairs: counts letters of other programs' coil.
    /// - Throws: `unknownLabel` for a letter outside the labels.
    public init(
        _ chain: LabelledChain, file: String, labels set: LabelSet, repairs: inout SequenceRepairs
    ) throws(FormatError) {
        let coil = SecondaryStructure.otherCoil(beside: set.letters)
        do throws(FormatError.Problem) {
            try LabelAlphabet(set.letters, others: coil).check(chain.labels[...])
        } catch {
            throw FormatError(file: file, record: chain.id, problem: error)
        }
        isNamedByFile = ByteSource(argument: file).givesName(chain.id)
        sequence = chain.sequence
        probabilities = chain.probabilities
        var (labels, own, states, uncounted) = (chain.labels, chain.threeStates, chain.states, SequenceRepairs())
        labels.readAsCoil(coil, repairs: &repairs)
        own?.readAsCoil(coil, repairs: &uncounted)
        states.readAsCoil(coil, repairs: &uncounted)
        (self.labels, self.own, self.states) = (labels, own, states)
    }

    private init(_ whole: PredictedStates, at residues: [Int]) {
        sequence = whole.sequence.map { sequence in residues.map { sequence[$0] } }
        labels = residues.map { whole.labels[$0] }
        states = whole.states
        probabilities = residues.flatMap {
            whole.probabilities[$0 * whole.states.count..<($0 + 1) * whole.states.count]
        }
        own = whole.own.map { own in residues.map { own[$0] } }
        isNamedByFile = whole.isNamedByFile
    }

    /// Those of some residues, by index.
    func keeping(_ residues: [Int]) -> PredictedStates { PredictedStates(self, at: residues) }

    public var hasEightStates: Bool { !SecondaryStructure.areThreeStates(labels) }

    /// Labels of three states, with the probability of each if there are any.
    public func reduced(by reduction: LabelReduction) -> (labels: [UInt8], confidence: [Float]?) {
        let reduced = reduction == .hgiEB ? own ?? reduction.reduce(labels) : reduction.reduce(labels)
        return (reduced, confidence(of: reduced, states: reduction.reduce(states)))
    }

    /// The probability of each label in eight states.
    public var confidence: [Float]? { confidence(of: labels, states: states) }

    /// For each residue, the share of its label in the sum of its probabilities.
    private func confidence(of labels: [UInt8], states: [UInt8]) -> [Float]? {
        guard !states.isEmpty else { return nil }
        return labels.indices.map { index in
            let row = probabilities[index * states.count..<(index + 1) * states.count]
            let sum = row.reduce(0, +)
            let own = zip(states, row).reduce(Float(0)) { $0 + ($1.0 == labels[index] ? $1.1 : 0) }
            return sum > 0 && own >= 0 ? min(own / sum, 1) : 0
        }
    }
}
