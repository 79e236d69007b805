import StrandBytes

extension LeakAudit {
    /// Diagonals on either side of the band: of a first, cheap alignment, and of the one that may count.
    private static let (narrow, wide) = (16, 96)
    /// How much larger the E-value of the first alignment may be.
    private static let patience = 10.0

    /// The matches of each of a batch of chains whose E-value can matter.
    /// - Parameter chains: codes of `BLOSUM62`.
    func search(_ chains: [[UInt8]]) -> [[(training: Int, match: Match)]] {
        let profile = ScoreProfile(chains)
        let spaces = chains.map { statistics.searchSpace(queryLength: $0.count) }
        let seeds = SeedSearch(chains, profile)
        var found = chains.map { _ in [(training: Int, match: Match)]() }
        seeds.run(training) { chain, segments in
            for (query, segments) in Dictionary(grouping: segments, by: { profile.chain(at: $0.queryStart) }) {
                if let match = match(profile, query, chain, segments, searchSpace: spaces[query]) {
                    found[query].append((chain, match))
                }
            }
        }
        return found
    }

    /// The best alignment through any of the segments, if its E-value can matter.
    private func match(
        _ profile: ScoreProfile, _ query: Int, _ chain: Int, _ segments: [SegmentPair], searchSpace: Double
    ) -> Match? {
        func band(_ diagonal: Int, _ halfWidth: Int) -> AlignmentBand {
            AlignmentBand(
                profile, profile.bounds[query], training.codes, training.bounds[chain], diagonal: diagonal,
                halfWidth: halfWidth)
        }
        func eValue(_ score: Int) -> Double { statistics.eValue(score: score, searchSpace: searchSpace) }
        var best = (diagonal: 0, score: 0)
        for diagonal in Self.distinctDiagonals(segments) {
            let score = band(diagonal, Self.narrow).score()
            if score > best.score { best = (diagonal, score) }
        }
        guard eValue(best.score) < Self.patience * criteria.largestEValue,
            let alignment = band(best.diagonal, Self.wide).alignment(),
            eValue(alignment.score) < criteria.largestEValue
        else { return nil }
        return Match(alignment, eValue(alignment.score))
    }

    /// The diagonals of the best segments, without those that another's band covers.
    private static func distinctDiagonals(_ segments: [SegmentPair]) -> [Int] {
        var diagonals: [Int] = []
        let ranked = segments.sorted { ($1.score, $0.diagonal) < ($0.score, $1.diagonal) }
        for segment in ranked where !diagonals.contains(where: { abs($0 - segment.diagonal) <= narrow / 2 }) {
            diagonals.append(segment.diagonal)
        }
        return diagonals
    }
}

extension LeakAudit.Match {
    init(_ alignment: LocalAlignment, _ eValue: Double) {
        self.init(
            score: alignment.score, bits: KarlinAltschul.bits(alignment.score), eValue: eValue,
            identity: Double(alignment.identities) / Double(alignment.columns),
            evaluatedRange: alignment.queryRange, trainingRange: alignment.trainingRange)
    }
}
