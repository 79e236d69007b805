import StrandBytes
import StrandEngine
import StrandMetrics

extension ProteinReport {
    /// How deep the profiles were that a model saw, and how well it labelled at each depth.
    public struct Profiles: Codable {
        /// Chains with a profile; the others were measured alone.
        public var chains: Int
        /// Over all chains: see `ResidueProfile.meanNeff`.
        public var medianNeff: Double
        public var byNeff: [FigurePart]

        /// Smallest Neff of each group of chains.
        private static let bounds = [1.0, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10]

        /// - Parameters:
        ///   - records: the chains.
        ///   - evaluations: how each was labelled.
        init(_ records: [LabelledFASTARecord], _ evaluations: [ChainEvaluation]) {
            let depths = records.map { Double(ProfileDepth($0.features).neff) }
            chains = records.count { $0.features != nil }
            let sorted = depths.sorted()
            medianNeff = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            byNeff = FigurePart.groups(of: evaluations, by: depths, from: Self.bounds) { start, end in
                end.map { "\(shown(start)) to \(shown($0))" } ?? "\(shown(start)) and more"
            }
        }

        /// In words.
        /// - Parameter all: the number of chains.
        func text(of all: Int) -> String {
            let which =
                switch chains {
                case all: "profiles of all chains"
                case 0: "no profiles: all chains alone"
                default: "profiles of \(counted(chains, "chain")), the others alone"
                }
            return "\(which); median Neff \(fixed(medianNeff, 1))"
        }
    }
}

private func shown(_ bound: Double) -> String { fixed(bound, bound == bound.rounded() ? 0 : 1) }
