import StrandBytes

extension LeakAudit {
    /// A training chain that equals an evaluated one, or contains it, or is contained in it.
    struct ExactMatch {
        let training: Int
        let match: Match
        let reason: Reason
    }

    /// The neighbours among the alignments of each evaluated chain, always with the exact ones; sorted.
    /// - Parameter chains: codes of `BLOSUM62`.
    func judged(_ matches: [[(training: Int, match: Match)]], _ chains: [[UInt8]]) -> [[Neighbour]] {
        zip(matches, exactMatches(of: chains)).enumerated().map { index, found in
            let exact = Set(found.1.map(\.training))
            let near = found.1.map { neighbour(index, chains[index].count, $0.training, $0.match, $0.reason) }
            let others = found.0.filter { !exact.contains($0.training) }.map {
                neighbour(index, chains[index].count, $0.training, $0.match, nil)
            }
            return (near + others).compactMap(\.self).sorted {
                ($0.match.eValue, $0.training) < ($1.match.eValue, $1.training)
            }
        }
    }

    /// - Parameter reason: nil: derived from the match; nil is returned if it is not near.
    private func neighbour(
        _ evaluated: Int, _ length: Int, _ chain: Int, _ match: Match, _ reason: Reason?
    ) -> Neighbour? {
        let ours = Double(match.evaluatedRange.count) / Double(length)
        let theirs = Double(match.trainingRange.count) / Double(training.bounds[chain].count)
        return (reason ?? criteria.reason(match, coverage: max(ours, theirs))).map {
            Neighbour(
                evaluated: evaluated, training: chain, match: match, evaluatedCoverage: ours,
                trainingCoverage: theirs, reason: $0)
        }
    }

    private func exactMatches(of chains: [[UInt8]]) -> [[ExactMatch]] {
        let known = training.bounds.map { Array(training.codes[$0]) }
        var found = chains.map { _ in [ExactMatch]() }
        let equals = Dictionary(grouping: known.indices) { known[$0] }
        for (index, chain) in chains.enumerated() {
            found[index] = (equals[chain] ?? []).map { exact(chain, 0, of: chain.count, $0, 0, .identical) }
        }
        for inner in ExactMatches.occurrences(of: chains, in: known) {
            let chain = chains[inner.pattern]
            found[inner.pattern].append(exact(chain, 0, of: chain.count, inner.text, inner.start, .contained))
        }
        for inner in ExactMatches.occurrences(of: known, in: chains) {
            let length = chains[inner.text].count
            found[inner.text].append(exact(known[inner.pattern], inner.start, of: length, inner.pattern, 0, .contained))
        }
        return found
    }

    /// A match of `residues`, from `start` on in an evaluated chain of `length`, from `trainingStart` on in the
    /// training chain.
    private func exact(
        _ residues: [UInt8], _ start: Int, of length: Int, _ chain: Int, _ trainingStart: Int, _ reason: Reason
    ) -> ExactMatch {
        let score = residues.reduce(0) { $0 + BLOSUM62.score($1, $1) }
        let eValue = statistics.eValue(score: score, searchSpace: statistics.searchSpace(queryLength: length))
        let match = Match(
            score: score, bits: KarlinAltschul.bits(score), eValue: eValue, identity: 1,
            evaluatedRange: start..<start + residues.count,
            trainingRange: trainingStart..<trainingStart + residues.count)
        return ExactMatch(training: chain, match: match, reason: reason)
    }
}

extension LeakAudit {
    /// A local alignment of an evaluated chain with a training chain.
    public struct Match: Sendable, Equatable {
        /// In half bits of BLOSUM62, minus 11 + g for a gap of g residues.
        public let score: Int
        /// The score in bits of information: two chains by chance reach S bits with probability about m n 2^-S.
        public let bits: Double
        /// Alignments of at least this score expected by chance in the whole training data.
        public let eValue: Double
        /// Pairs of equal residues, as a share of the alignment's columns: pairs and gapped residues.
        public let identity: Double
        /// The aligned ranges of residues, from 0.
        public let evaluatedRange: Range<Int>
        public let trainingRange: Range<Int>

        package init(
            score: Int, bits: Double, eValue: Double, identity: Double, evaluatedRange: Range<Int>,
            trainingRange: Range<Int>
        ) {
            self.score = score
            self.bits = bits
            self.eValue = eValue
            self.identity = identity
            self.evaluatedRange = evaluatedRange
            self.trainingRange = trainingRange
        }
    }

    /// Why a training chain is near.
    public enum Reason: String, Sendable, CaseIterable {
        /// The chains are equal.
        case identical
        /// One chain contains the other.
        case contained
        /// The alignment is too good for chance.
        case eValue = "E-value"
        /// Enough of a chain is aligned with enough equal residues.
        case identity
    }

    /// A training chain that is near an evaluated one.
    public struct Neighbour: Sendable, Equatable {
        /// Indices of the two chains among those given.
        public let evaluated: Int
        public let training: Int
        /// Their best alignment.
        public let match: Match
        /// The share of each chain's residues between the alignment's ends.
        public let evaluatedCoverage: Double
        public let trainingCoverage: Double
        /// The first reason that holds.
        public let reason: Reason
    }
}
