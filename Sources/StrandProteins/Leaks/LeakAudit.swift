import StrandBytes
import StrandNetwork

/// Finds evaluated chains that are near training chains: figures on them flatter a model.
///
/// The search is that of BLAST (Altschul et al. 1990, 1997): words of three residues that score 11 or more, two on a
/// diagonal, an extension without gaps, an alignment with gaps in a band. The E-value is of the evaluated chain as the
/// query and all training chains together as the database; `KarlinAltschul` says how. Stretches of low complexity in
/// the evaluated chains start no alignment, though one may run through them. Chains that are equal, or contain one
/// another, are always found.
///
/// ```swift
/// let audit = LeakAudit(training: trainingChains)
/// for found in audit.neighbours(of: benchmarkChains, on: Compute(threads: 2)) {
///     if let nearest = found.first { print(nearest.evaluated, nearest.training, nearest.match.eValue) }
/// }
/// ```
public struct LeakAudit: Sendable {
    /// What counts as near.
    public let criteria: Criteria

    let training: TrainingChains
    let statistics: KarlinAltschul

    /// - Parameters:
    ///   - chains: residues as ASCII letters of either case; letters other than the 20 amino acids are taken as X.
    ///     Fewer than 2^31 residues together.
    ///   - criteria: what counts as near.
    public init(training chains: [[UInt8]], criteria: Criteria = Criteria()) {
        self.criteria = criteria
        training = TrainingChains(chains.map(BLOSUM62.codes))
        statistics = KarlinAltschul(residueCount: training.residueCount, chainCount: chains.count)
    }

    /// The near training chains of each evaluated chain, smallest E-value first.
    ///
    /// The result does not depend on the number of threads. Memory is a few bytes per residue, and for each thread a
    /// few hundred bytes per residue of the longest chain; time is proportional to the product of both residue counts.
    /// - Parameters:
    ///   - evaluated: residues as ASCII letters, as in training.
    ///   - compute: where to run.
    ///   - progress: called now and then with the number of finished chains.
    public func neighbours(
        of evaluated: [[UInt8]], on compute: Compute, progress: (Int) -> Void = { _ in }
    ) -> [[Neighbour]] {
        let chains = evaluated.map(BLOSUM62.codes)
        var found = chains.map { _ in [(training: Int, match: Match)]() }
        let batches = Self.batches(chains, on: compute)
        var done = 0
        for start in stride(from: 0, to: batches.count, by: 4 * compute.threads) {
            let round = Array(batches[start..<min(start + 4 * compute.threads, batches.count)])
            for (batch, matches) in zip(round, compute.map(round.count) { search(Array(chains[round[$0]])) }) {
                found.replaceSubrange(batch, with: matches)
                done = batch.upperBound
            }
            progress(done)
        }
        return judged(found, chains)
    }

    /// The near training chains, given another program's alignments: `matches` of each evaluated chain, in any
    /// order and with any E-value.
    package func neighbours(
        of evaluated: [[UInt8]], among matches: [[(training: Int, match: Match)]]
    ) -> [[Neighbour]] {
        let chains = evaluated.map(BLOSUM62.codes)
        return judged(matches, chains)
    }

    /// Evaluated chains searched together: few for many threads, and about 2,000 residues if there
    /// are enough.
    private static func batches(_ chains: [[UInt8]], on compute: Compute) -> [Range<Int>] {
        let total = chains.reduce(0) { $0 + $1.count }
        let size = min(max(total / (8 * compute.threads), 256), 2048)
        var batches: [Range<Int>] = []
        var (start, residues) = (0, 0)
        for (index, chain) in chains.enumerated() {
            residues += chain.count
            if residues < size && index < chains.count - 1 { continue }
            batches.append(start..<index + 1)
            (start, residues) = (index + 1, 0)
        }
        return batches
    }
}

extension LeakAudit {
    /// What counts as near, besides chains that are equal or contain one another.
    public struct Criteria: Sendable, Equatable {
        /// An alignment with an E-value below this is near.
        public var eValue = 1e-3
        /// So is one with at least this share of equal pairs among its columns,
        public var identity = 0.25
        /// over at least this share of either chain,
        public var coverage = 0.5
        /// with an E-value below this. By chance alone, a short chain has alignments of 25 % identity over half of it
        /// with an E-value of 1 or 10 in any large set.
        public var identityEValue = 0.1

        public init() {}

        /// The largest E-value that can matter.
        package var largestEValue: Double { max(eValue, identityEValue) }

        /// Why an alignment with this coverage of either chain is near, or nil.
        func reason(_ match: Match, coverage covered: Double) -> Reason? {
            if match.eValue < eValue { return .eValue }
            let isAlike = match.identity >= identity && covered >= coverage
            return isAlike && match.eValue < identityEValue ? .identity : nil
        }
    }
}
