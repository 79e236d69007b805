/// How the tallies of chains make one figure.
public enum ChainAverage: Sendable, CaseIterable {
    /// Over residues: long chains weigh more.
    case pooled
    /// Over chains: each weighs the same.
    case perChain
}

extension Bootstrap {
    /// The confidence interval of the chains' accuracy; nil if no residue counts.
    ///
    /// Chains without residues that count are left out. See `interval(ofRatio:using:)`.
    public func interval(
        of chains: [ChainTally], average: ChainAverage = .pooled, using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        interval(ofRatio: chains.map { average.term(of: $0) }, using: &generator)
    }
}

extension ChainAverage {
    /// The chain's share of the figure's numerator and denominator; nothing if none of its residues counts.
    fileprivate func term(of chain: ChainTally) -> SIMD2<Double> {
        switch self {
        case .pooled: [Double(chain.correct), Double(chain.counted)]
        case .perChain: chain.accuracy.map { [$0, 1] } ?? .zero
        }
    }
}
