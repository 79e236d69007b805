import StrandBytes

/// A labelled chain in a line of text: its name, length, shares of labels, confidence, and its labels drawn together.
public struct ChainOverview: Sendable {
    public let id: String
    public let length: Int
    /// The share of each label: of DSSP's states as helix, strand and coil, of others as they occur.
    public let shares: [(label: UInt8, share: Double)]
    /// The mean probability of the labels; nil: not known.
    public let confidence: Double?
    private let labels: [UInt8]

    public init(_ chain: LabelledChain) {
        (id, length, labels) = (chain.id, chain.labels.count, chain.labels)
        var counts = Dictionary(chain.labels.map { ($0, 1) }, uniquingKeysWith: +)
        counts[SecondaryStructure.unlabelled] = nil
        let (eight, three) = (SecondaryStructure.eightStates, SecondaryStructure.threeStates)
        if counts.keys.allSatisfy(eight.contains) {
            var sums = [0, 0, 0]
            for (letter, state) in zip(eight, SecondaryStructure.reduction) { sums[state] += counts[letter] ?? 0 }
            counts = Dictionary(uniqueKeysWithValues: zip(three, sums))
        }
        let total = Double(max(1, chain.labels.count))
        shares = counts.sorted {
            (eight.firstIndex(of: $0.key) ?? 9, $0.key) < (eight.firstIndex(of: $1.key) ?? 9, $1.key)
        }
        .map { ($0.key, Double($0.value) / total) }
        let known = (chain.confidences ?? []).filter { !$0.isNaN }
        confidence = known.isEmpty ? nil : known.reduce(0) { $0 + Double($1) } / Double(known.count)
    }

    /// The labels in at most `width` letters: each is the commonest of the residues that it stands for, of equal ones the
    /// first.
    public func strip(width: Int) -> [UInt8] {
        guard labels.count > width else { return labels }
        return (0..<width).map { column in
            let range = labels.count * column / width..<labels.count * (column + 1) / width
            let counts = Dictionary(labels[range].map { ($0, 1) }, uniquingKeysWith: +)
            return labels[range].max { counts[$0]! < counts[$1]! }!
        }
    }
}
