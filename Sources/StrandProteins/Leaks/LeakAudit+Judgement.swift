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
