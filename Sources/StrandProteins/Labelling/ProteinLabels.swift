import StrandMetrics

/// Secondary structure of one chain, as a network sees it.
public struct ProteinLabels: Sendable {
    /// (T, 8), row-major: probability of each of `SecondaryStructure.eightStates` at each residue.
    public let eightStateProbabilities: [Float]
    /// (T, 3), row-major: probability of each of `SecondaryStructure.threeStates`: H + G + I, E + B, T + S + C.
    public let threeStateProbabilities: [Float]

    init(eightStateProbabilities: [Float]) {
        self.eightStateProbabilities = eightStateProbabilities
        threeStateProbabilities = Self.sums(of: eightStateProbabilities, SecondaryStructure.reduction)
    }

    /// Sums of probabilities by the place among three states that each of the eight states has.
    private static func sums(of probabilities: [Float], _ places: [Int]) -> [Float] {
        var sums = [Float](repeating: 0, count: probabilities.count / 8 * 3)
        for (index, probability) in probabilities.enumerated() {
            sums[index / 8 * 3 + places[index % 8]] += probability
        }
        return sums
    }

    /// The most probable of three states at each residue under another reduction, and the probabilities (T, 3), row-major.
    public func reduced(by reduction: LabelReduction) -> (labels: [UInt8], probabilities: [Float]) {
        let places = reduction.reduce(SecondaryStructure.eightStates).map { state in
            SecondaryStructure.threeStates.firstIndex(of: state) ?? 2
        }
        let sums = Self.sums(of: eightStateProbabilities, places)
        return (Self.mostProbable(SecondaryStructure.threeStates, sums), sums)
    }

    /// The most probable of eight states at each residue, as ASCII letters.
    public var eightState: [UInt8] { Self.mostProbable(SecondaryStructure.eightStates, eightStateProbabilities) }

    /// The most probable of three states at each residue, as ASCII letters.
    public var threeState: [UInt8] { Self.mostProbable(SecondaryStructure.threeStates, threeStateProbabilities) }

    /// Of equally probable states the first.
    private static func mostProbable(_ states: [UInt8], _ probabilities: [Float]) -> [UInt8] {
        stride(from: 0, to: probabilities.count, by: states.count).map { row in
            let best = states.indices.reduce(0) { probabilities[row + $1] > probabilities[row + $0] ? $1 : $0 }
            return states[best]
        }
    }

    /// The largest of each row of probabilities: the confidence in the label.
    static func greatest(of width: Int, _ probabilities: [Float]) -> [Float] {
        stride(from: 0, to: probabilities.count, by: width).map { row in
            probabilities[row..<row + width].reduce(0, max)
        }
    }
}
