/// A chain's labels of one kind of state.
public struct StateLabels: Sendable, Equatable {
    /// One label per residue.
    public let labels: [UInt8]
    /// The K possible labels, one letter each.
    public let states: [UInt8]
    /// (T, K): probability of each state at each residue, row-major.
    public let probabilities: [Float]

    /// K probabilities for each label.
    public init(labels: [UInt8], states: [UInt8], probabilities: [Float]) {
        precondition(probabilities.count == labels.count * states.count, "a probability a residue and state")
        self.labels = labels
        self.states = states
        self.probabilities = probabilities
    }

    /// The columns of `probabilities` that belong to these states, which must be all of them.
    func columns(of letters: String) -> [Int] {
        let columns = letters.utf8.compactMap { states.firstIndex(of: $0) }
        precondition(
            columns.count == letters.utf8.count && columns.count == states.count, "states other than \(letters)")
        return columns
    }

    /// The probability of each label.
    var confidences: [Float] {
        labels.enumerated().map { index, label in
            let column = states.firstIndex(of: label).map { index * states.count + $0 }
            return column.map { probabilities[$0] } ?? 0
        }
    }
}
