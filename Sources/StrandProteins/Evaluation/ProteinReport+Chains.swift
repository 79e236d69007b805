import StrandBytes
import StrandEngine

// MARK: Which chains are measured

extension ProteinReport {
    /// Which chains of the truth a system has predicted.
    public struct Prediction: Codable {
        public var trueChains: Int
        public var predictedChains: Int
        /// Predictions that have another form of the true chain's id.
        public var foundByOtherID: Int
        /// Predictions found by their sequence, because either has no id but the name of its file.
        public var foundBySequence: Int
    }

    /// The chains measured: of how many, if some are left out or without a prediction.
    var chainsText: String { partText + grouped(prediction?.trueChains ?? chains) }

    /// The same with the noun.
    var countedChains: String { partText + counted(prediction?.trueChains ?? chains, "chain") }

    /// "4 of " where some of the chains are left out or without a prediction.
    private var partText: String {
        guard let prediction else { return "" }
        let count = min(chains, prediction.predictedChains)
        return count == prediction.trueChains ? "" : "\(grouped(count)) of "
    }
}

extension ProteinReport {
    /// Which chains are near training chains, and the figures without them.
    public struct Audit: Codable {
        public var trainSets: [String]
        public var nearChains: Int
        /// Each chain with its nearest training chain.
        public var near: [Near]
        /// Accuracy over residues of the other chains.
        public var threeStatesWithout: Figure?
        public var eightStatesWithout: Figure?
        public var labelsWithout: Figure?

        /// A chain with the nearest training chain.
        public struct Near: Codable {
            public var chain: String
            public var training: String
            public var identity: Double
            public var eValue: Double
            public var reason: String
        }
    }

    /// Remarks printed beside the figures.
    public var notes: [String] {
        [profiles?.text(of: chains), eightStateNote, audit.map(auditNote)].compactMap(\.self)
    }

    /// Over which chains Q8 is; nil: over all.
    var eightStateNote: String? {
        eightStateChains.map { "Q8 over \(grouped($0)) of \(counted(chains, "chain")): only these have eight states" }
    }

    private func auditNote(_ audit: Audit) -> String {
        let (near, all) = (audit.nearChains, counted(chains, "chain"))
        let verb = "\(near > 1 ? "are" : "is") near a chain of \(audit.trainSets.joined(separator: ", "))"
        if near == 0 || near == chains { return "leak audit: \(near == 0 ? "none" : "all") of \(all) \(verb)" }
        let figures = [
            (main.name, audit.threeStatesWithout ?? audit.labelsWithout), ("Q8", audit.eightStatesWithout),
        ].compactMap { name, figure in figure.map { "\(name) \($0.text)" } }
        return "leak audit: \(grouped(near)) of \(all) \(verb); without \(near == 1 ? "it" : "them") "
            + figures.joined(separator: ", ")
    }

    /// What intervals are over.
    var basis: IntervalBasis { IntervalBasis(labelledChains, "chain") }
}
