import StrandBytes

/// The search for ungapped segments: two pairs of similar words, on one diagonal and near each other, are extended
/// (Altschul et al. 1997).
struct SeedSearch {
    /// Segments that score less are not worth a gapped alignment: 22 bits of ungapped BLOSUM62.
    static let threshold = 41

    let profile: ScoreProfile
    let table: WordTable

    /// - Parameter chains: the chains of `profile`.
    init(_ chains: [[UInt8]], _ profile: ScoreProfile) {
        self.profile = profile
        table = WordTable(BLOSUM62.joined(chains.map(LowComplexity.masked)).codes)
    }

    /// Calls `found` with each training chain that has segments, and the segments.
    func run(_ training: TrainingChains, _ found: (Int, [SegmentPair]) -> Void) {
        var hits = DiagonalHits(queryLength: profile.codes.count)
        var segments: [SegmentPair] = []
        for (chain, bounds) in training.bounds.enumerated() {
            scan(training, bounds, &hits, &segments)
            if segments.isEmpty { continue }
            found(chain, segments)
            segments.removeAll(keepingCapacity: true)
        }
    }

    /// Appends the segments of one chain.
    private func scan(
        _ training: TrainingChains, _ bounds: Range<Int>, _ hits: inout DiagonalHits, _ segments: inout [SegmentPair]
    ) {
        let (words, starts, positions) = (training.words, table.starts, table.positions)
        for s in bounds {
            let word = Int(words[s])
            var entry = Int(starts[word])
            let end = Int(starts[word &+ 1])
            while entry < end {
                let q = Int(positions[entry])
                if let distance = hits.add(q, s) { extend(q, s, distance, training.codes, &hits, &segments) }
                entry &+= 1
            }
        }
    }

    /// Kept out of the loop above, which takes most of the time.
    @inline(never)
    private func extend(
        _ q: Int, _ s: Int, _ distance: Int, _ training: [UInt8], _ hits: inout DiagonalHits,
        _ segments: inout [SegmentPair]
    ) {
        let firstHit = q - distance + WordTable.length
        guard let segment = profile.segment(q, s, reaching: firstHit, in: training) else { return }
        hits.cover(segment)
        if segment.score >= Self.threshold { segments.append(segment) }
    }
}
