/// How well one chain was labelled. Residues without a true label are not counted.
public struct ChainEvaluation: Sendable, Equatable {
    /// Residues of the chain, with and without a label.
    public let length: Int
    /// Residues labelled correctly.
    public let tally: ChainTally
    /// SOV'99 (Zemla et al. 1999).
    public let sov99: OverlapTally
    /// SOV_refine with lambda 1 (Liu & Wang 2018).
    public let sovRefined: OverlapTally
    /// Correctly labelled residues by their distance from the nearest segment boundary, 0 to
    /// `BoundaryDistance.greatest`.
    public let boundaryTallies: [ChainTally]

    /// Compares `predicted` with `truth`; both have one label per residue.
    public init(truth: [UInt8], predicted: [UInt8]) {
        length = truth.count
        sov99 = SegmentOverlap.sov99.tally(truth: truth, predicted: predicted)
        sovRefined = SegmentOverlap.refined().tally(truth: truth, predicted: predicted)
        var counts = [SIMD2<Int>](repeating: .zero, count: BoundaryDistance.greatest + 1)
        for (index, distance) in BoundaryDistance.distances(of: truth).enumerated() {
            guard let distance else { continue }
            counts[distance] &+= [truth[index] == predicted[index] ? 1 : 0, 1]
        }
        boundaryTallies = counts.map { ChainTally(correct: $0.x, counted: $0.y) }
        let sum = counts.reduce(.zero, &+)
        tally = ChainTally(correct: sum.x, counted: sum.y)
    }
}

/// A figure of chains, each contributing a numerator and a denominator.
public struct ChainFigure: Sendable {
    /// Its name in reports.
    public let name: String
    /// The chain's share of numerator and denominator; (0, 0) if it has none.
    public let term: @Sendable (ChainEvaluation) -> SIMD2<Double>

    private init(_ name: String, _ term: @escaping @Sendable (ChainEvaluation) -> SIMD2<Double>) {
        self.name = name
        self.term = term
    }

    /// Correct residues among the counted ones.
    public static let accuracy = ChainFigure("Q") { [Double($0.tally.correct), Double($0.tally.counted)] }
    /// The mean accuracy of the chains.
    public static let meanAccuracy = ChainFigure("Q, mean over chains") { $0.tally.accuracy.map { [$0, 1] } ?? .zero }
    /// SOV'99, each segment weighted by its length.
    public static let sov99 = ChainFigure("SOV'99") { [$0.sov99.sum, $0.sov99.weight] }
    /// SOV_refine, each segment weighted by its length.
    public static let sovRefined = ChainFigure("SOV_refine") { [$0.sovRefined.sum, $0.sovRefined.weight] }
    /// The mean SOV'99 of the chains.
    public static let meanSOV99 = ChainFigure("SOV'99, mean over chains") { $0.sov99.score.map { [$0, 1] } ?? .zero }
    /// The mean SOV_refine of the chains.
    public static let meanSOVRefined = ChainFigure("SOV_refine, mean over chains") {
        $0.sovRefined.score.map { [$0, 1] } ?? .zero
    }

    /// Accuracy at a distance from segment boundaries: see `BoundaryDistance`.
    public static func accuracy(atBoundaryDistance distance: Int) -> ChainFigure {
        ChainFigure("Q at distance \(distance)") { chain in
            let tally = chain.boundaryTallies[distance]
            return [Double(tally.correct), Double(tally.counted)]
        }
    }
}

extension Sequence<ChainEvaluation> {
    /// The figure of all chains together; nil if nothing counts.
    public func value(of figure: ChainFigure) -> Double? {
        let sum = reduce(SIMD2<Double>.zero) { $0 + figure.term($1) }
        return sum.y == 0 ? nil : sum.x / sum.y
    }
}

extension Bootstrap {
    /// The confidence interval of the chains' figure; nil if nothing counts. See `interval(ofRatio:using:)`.
    public func interval(
        of figure: ChainFigure, over chains: [ChainEvaluation], using generator: inout some RandomNumberGenerator
    ) -> Interval? {
        interval(ofRatio: chains.map(figure.term), using: &generator)
    }

    /// The difference between two systems' figures on the same chains. See `difference(of:and:using:)`.
    public func difference(
        of figure: ChainFigure, between first: [ChainEvaluation], and second: [ChainEvaluation],
        using generator: inout some RandomNumberGenerator
    ) -> PairedDifference? {
        difference(of: first.map(figure.term), and: second.map(figure.term), using: &generator)
    }
}

/// How many of a chain's residues were labelled correctly.
public struct ChainTally: Sendable, Equatable {
    /// Residues labelled correctly.
    public let correct: Int
    /// Counted residues: those with a true label.
    public let counted: Int

    /// A tally of `correct` among `counted` residues.
    public init(correct: Int, counted: Int) {
        precondition(0 <= correct && correct <= counted, "\(correct) right of \(counted)")
        self.correct = correct
        self.counted = counted
    }

    /// The fraction labelled correctly; nil if no residue counts.
    public var accuracy: Double? { ratio(correct, counted) }
}
