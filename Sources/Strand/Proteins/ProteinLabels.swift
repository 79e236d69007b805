import StrandNetwork

/// Secondary structure of one chain, as a network sees it.
public struct ProteinLabels: Sendable {
    /// (T, 8): probability of each of `SecondaryStructure.eightStates` at each residue.
    public let probabilities: Matrix<Float>

    /// The most probable of eight states at each residue, as ASCII letters.
    public var eightState: [UInt8] {
        most(of: 8) { probabilities[$0, $1] }.map { SecondaryStructure.eightStates[$0] }
    }

    /// The most probable of three states at each residue, by the sums of `threeStateProbabilities`.
    public var threeState: [UInt8] {
        let probabilities = threeStateProbabilities
        return most(of: 3) { probabilities[$0, $1] }.map { SecondaryStructure.threeStates[$0] }
    }

    /// (T, 3): probability of each of `SecondaryStructure.threeStates`: H + G + I, E + B, T + S + C.
    public var threeStateProbabilities: Matrix<Float> {
        var sums = Matrix<Float>(rows: probabilities.rows, columns: 3)
        for residue in 0..<probabilities.rows {
            for (state, three) in SecondaryStructure.reduction.enumerated() {
                sums[residue, three] += probabilities[residue, state]
            }
        }
        return sums
    }

    private func most(of states: Int, _ probability: (Int, Int) -> Float) -> [Int] {
        (0..<probabilities.rows).map { residue in
            (1..<states).reduce(0) { probability(residue, $1) > probability(residue, $0) ? $1 : $0 }
        }
    }
}
