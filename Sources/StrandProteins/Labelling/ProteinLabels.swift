import StrandMetrics

/// The labels of one chain, as a network predicts them.
public struct ProteinLabels: Sendable {
    /// The K possible labels, one letter each.
    public let states: [UInt8]
    /// (T, K), row-major: probability of each of `states` at each residue.
    public let probabilities: [Float]

    init(_ probabilities: [Float], states: [UInt8]) {
        self.states = states
        self.probabilities = probabilities
    }

    /// The most probable label of each residue, as an ASCII letter.
    public var labels: [UInt8] { Self.mostProbable(states, probabilities) }

    /// The labels with their probabilities.
    public var stateLabels: StateLabels { StateLabels(labels: labels, states: states, probabilities: probabilities) }

    /// The most probable label of each row; of equally probable labels the first.
    private static func mostProbable(_ states: [UInt8], _ probabilities: [Float]) -> [UInt8] {
        stride(from: 0, to: probabilities.count, by: states.count).map { row in
            let best = states.indices.reduce(0) { probabilities[row + $1] > probabilities[row + $0] ? $1 : $0 }
            return states[best]
        }
    }

    /// The largest of each row of probabilities: the confidence in the label.
    static func greatest(of columns: Int, _ probabilities: [Float]) -> [Float] {
        stride(from: 0, to: probabilities.count, by: columns).map { row in
            probabilities[row..<row + columns].reduce(0, max)
        }
    }
}

// MARK: Secondary structure

/// For labels that are the eight DSSP states.
extension ProteinLabels {
    /// (T, 8), row-major: probability of each of `SecondaryStructure.eightStates` at each residue.
    public var eightStateProbabilities: [Float] { probabilities }

    /// (T, 3), row-major: probability of each of `SecondaryStructure.threeStates`: H + G + I, E + B, T + S + C.
    public var threeStateProbabilities: [Float] { sums(SecondaryStructure.reduction) }

    /// The most probable of eight states at each residue, as ASCII letters.
    public var eightState: [UInt8] { labels }

    /// The most probable of three states at each residue, as ASCII letters.
    public var threeState: [UInt8] { Self.mostProbable(SecondaryStructure.threeStates, threeStateProbabilities) }

    /// The most probable of three states at each residue under another reduction, and the probabilities (T, 3), row-major.
    public func reduced(by reduction: LabelReduction) -> (labels: [UInt8], probabilities: [Float]) {
        let groups = reduction.reduce(SecondaryStructure.eightStates).map { state in
            SecondaryStructure.threeStates.firstIndex(of: state) ?? 2
        }
        let sums = sums(groups)
        return (Self.mostProbable(SecondaryStructure.threeStates, sums), sums)
    }

    /// Sums the probabilities of the eight states that reduce to each of the three.
    private func sums(_ groups: [Int]) -> [Float] {
        precondition(states == SecondaryStructure.eightStates, "labels other than DSSP's have no three states")
        var sums = [Float](repeating: 0, count: probabilities.count / 8 * 3)
        for (index, probability) in probabilities.enumerated() {
            sums[index / 8 * 3 + groups[index % 8]] += probability
        }
        return sums
    }
}
