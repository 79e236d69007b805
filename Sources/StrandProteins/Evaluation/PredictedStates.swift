import StrandBytes
import StrandMetrics

/// The labels a system gave the residues of a chain.
public struct PredictedStates {
    public let sequence: [UInt8]?
    /// One label per residue; `-` if there is none.
    public private(set) var labels: [UInt8]
    private let states: [UInt8]
    private let probabilities: [Float]
    /// Labels of three states that are not a reduction of the others.
    private var own: [UInt8]?
    /// Residues whose label is not the most probable one.
    let contradictions: Int
    /// Residues whose probabilities are none: negative, or far from 1 in sum.
    let improbable: Int
    private let showsEightStates: Bool
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
        showsEightStates = chain.showsEightStates
        isNamedByFile = ByteSource(argument: file).givesName(chain.id)
        sequence = chain.sequence
        probabilities = chain.probabilities
        var (labels, own, states, uncounted) = (chain.labels, chain.threeStates, chain.states, SequenceRepairs())
        labels.readAsCoil(coil, repairs: &repairs)
        own?.readAsCoil(coil, repairs: &uncounted)
        states.readAsCoil(coil, repairs: &uncounted)
        (self.labels, self.own, self.states) = (labels, own, states)
        contradictions = Self.contradictions(labels, states, probabilities)
        improbable = Self.improbable(states, probabilities)
    }

    private static func improbable(_ states: [UInt8], _ probabilities: [Float]) -> Int {
        guard !states.isEmpty else { return 0 }
        return stride(from: 0, to: probabilities.count, by: states.count).count { start in
            let row = probabilities[start..<start + states.count]
            return row.contains { $0 < 0 } || abs(row.reduce(0, +) - 1) > 0.05
        }
    }

    private static func contradictions(_ labels: [UInt8], _ states: [UInt8], _ probabilities: [Float]) -> Int {
        labels.indices.count { index in
            let row = probabilities[index * states.count..<(index + 1) * states.count]
            guard let place = states.firstIndex(of: labels[index]), let most = row.max() else { return false }
            return row[row.startIndex + place] < most
        }
    }

    private init(_ whole: PredictedStates, at residues: [Int]) {
        sequence = whole.sequence.map { sequence in residues.map { sequence[$0] } }
        labels = residues.map { whole.labels[$0] }
        states = whole.states
        probabilities = residues.flatMap {
            whole.probabilities[$0 * whole.states.count..<($0 + 1) * whole.states.count]
        }
        own = whole.own.map { own in residues.map { own[$0] } }
        contradictions = Self.contradictions(labels, states, probabilities)
        improbable = Self.improbable(states, probabilities)
        showsEightStates = whole.showsEightStates
        isNamedByFile = whole.isNamedByFile
    }

    /// Those of some residues, by index.
    func keeping(_ residues: [Int]) -> PredictedStates { PredictedStates(self, at: residues) }

    public var hasEightStates: Bool { showsEightStates || !SecondaryStructure.areThreeStates(labels) }

    private var hasEightProbabilities: Bool { Set(SecondaryStructure.eightStates).isSubset(of: states) }

    /// Labels of three states, with the probability of each if there are any: those that it has itself, the most probable
    /// sums of its eight probabilities, or its labels reduced.
    public func reduced(by reduction: LabelReduction) -> (labels: [UInt8], confidence: [Float]?) {
        let states = reduction.reduce(states)
        let own = reduction == .hgiEB ? own : nil
        let reduced = own ?? (isSummed ? mostProbable(of: states) : reduction.reduce(labels))
        return (reduced, confidence(of: reduced, states: states))
    }

    /// Whether its three states are sums of probabilities: it has those of all eight states, and its labels follow them.
    var isSummed: Bool {
        own == nil && contradictions == 0 && improbable == 0 && hasEightProbabilities
    }

    /// For each residue, the letter with the largest sum of probabilities; where there is no label, none.
    private func mostProbable(of letters: [UInt8]) -> [UInt8] {
        labels.indices.map { index in
            if labels[index] == SecondaryStructure.unlabelled { return labels[index] }
            return SecondaryStructure.threeStates.max {
                probability(of: $0, among: letters, at: index) < probability(of: $1, among: letters, at: index)
            }!
        }
    }

    /// The sum of a residue's probabilities over the columns with this letter.
    private func probability(of letter: UInt8, among letters: [UInt8], at index: Int) -> Float {
        let row = probabilities[index * letters.count..<(index + 1) * letters.count]
        return zip(letters, row).reduce(Float(0)) { $0 + ($1.0 == letter ? $1.1 : 0) }
    }

    /// How many residues have no label.
    var unlabelledCount: Int { labels.count { $0 == SecondaryStructure.unlabelled } }

    /// Makes coil of what has no label.
    mutating func readUnlabelledAsCoil() {
        func coil(_ label: UInt8) -> UInt8 { label == SecondaryStructure.unlabelled ? DSSPState.coil : label }
        labels = labels.map(coil)
        own = own?.map(coil)
    }

    /// The probability of each label in eight states.
    public var confidence: [Float]? { confidence(of: labels, states: states) }

    /// For each residue, the share of its label in the sum of its probabilities.
    private func confidence(of labels: [UInt8], states: [UInt8]) -> [Float]? {
        guard !states.isEmpty else { return nil }
        return labels.indices.map { index in
            let row = probabilities[index * states.count..<(index + 1) * states.count]
            let sum = row.reduce(0, +)
            let own = probability(of: labels[index], among: states, at: index)
            return sum > 0 && own >= 0 ? min(own / sum, 1) : 0
        }
    }
}
