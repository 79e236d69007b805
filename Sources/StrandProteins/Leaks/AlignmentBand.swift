/// Local alignment of two chains with affine gaps (Smith & Waterman 1981, Gotoh 1982) in a band of diagonals.
///
/// A gap of g residues costs 11 + g. Of equal scores the one that ends first wins, by query and then training position.
/// Time is query residues times the width of the band.
package struct AlignmentBand {
    static let gapOpen = 11
    static let gapExtension = 1

    let profile: ScoreProfile
    let training: [UInt8]
    /// Positions in the two chains.
    let rows: Range<Int>
    let columns: Range<Int>
    /// Training position minus query position on the first diagonal.
    let firstDiagonal: Int
    /// Number of diagonals.
    let width: Int

    /// The diagonals that are at most `halfWidth` from `diagonal`.
    /// - Parameters:
    ///   - rows: positions of the chain in `profile`.
    ///   - columns: positions of the chain in `training`.
    package init(
        _ profile: ScoreProfile, _ rows: Range<Int>, _ training: [UInt8], _ columns: Range<Int>, diagonal: Int,
        halfWidth: Int
    ) {
        self.profile = profile
        self.rows = rows
        self.training = training
        self.columns = columns
        firstDiagonal = diagonal - halfWidth
        width = 2 * halfWidth + 1
    }

    /// The score of the best alignment; 0 if no pair scores above 0. Memory is the width of the band.
    package func score() -> Int { Int(sweep { _, _, _ in }.score) }

    /// Where an alignment ends, and its score.
    struct End {
        var score: Int32 = 0
        var query = -1
        var training = -1
    }

    /// The part of a cell that the next row needs.
    private struct Cell {
        var h: Int32 = 0
        var f: Int32 = 0
    }

    /// Calls `visit` with the query position, the offset in the band and the origin of each cell, row by row.
    ///
    /// H(i,j) = max(0, H(i-1,j-1) + s(i,j), E(i,j), F(i,j))
    /// E(i,j) = max(H(i,j-1) - 12, E(i,j-1) - 1)
    /// F(i,j) = max(H(i-1,j) - 12, F(i-1,j) - 1)
    @inline(__always)
    func sweep(_ visit: (Int, Int, Origin) -> Void) -> End {
        var best = End()
        // By diagonal: before a cell is computed, its entry holds H(i-1,j-1), and the next entry that of (i-1,j).
        // Outside the band H is 0, and so are E and F: no gap that starts there comes above 0.
        var cells = [Cell](repeating: Cell(), count: width + 1)
        for i in rows {
            let first = i &+ firstDiagonal
            let offsets = offsets(from: first)
            var (left, e, diagonal) = (Int32(0), Int32(0), cells[offsets.lowerBound].h)
            for offset in offsets {
                let up = cells[offset &+ 1]
                var origin: Origin = []
                e = Self.gap(opened: left, extended: e, .extendsTraining, &origin)
                let f = Self.gap(opened: up.h, extended: up.f, .extendsQuery, &origin)
                let pair = diagonal &+ profile.score(i, training[first &+ offset])
                let h = max(max(pair, f), max(e, 0))
                origin.formUnion(h == 0 ? [] : h == pair ? .pair : h == e ? .trainingGap : .queryGap)
                visit(i, offset, origin)
                cells[offset] = Cell(h: h, f: f)
                (left, diagonal) = (h, up.h)
                if h > best.score { best = End(score: h, query: i, training: first &+ offset) }
            }
        }
        return best
    }

    /// The offsets in the band, which starts at training position `first`, that lie in the training chain.
    private func offsets(from first: Int) -> Range<Int> {
        let lower = min(max(columns.lowerBound - first, 0), width)
        return lower..<max(min(columns.upperBound - first, width), lower)
    }

    /// The better of a new gap and a longer one.
    @inline(__always)
    private static func gap(opened: Int32, extended: Int32, _ extends: Origin, _ origin: inout Origin) -> Int32 {
        let (new, old) = (opened &- Int32(gapOpen + gapExtension), extended &- Int32(gapExtension))
        if old > new { origin.formUnion(extends) }
        return max(new, old)
    }
}

extension AlignmentBand {
    /// The cells a cell's scores came from.
    struct Origin: OptionSet {
        let rawValue: UInt8

        /// H from a pair of residues.
        static let pair = Origin(rawValue: 1)
        /// H from E: unpaired training residues.
        static let trainingGap = Origin(rawValue: 2)
        /// H from F: unpaired query residues.
        static let queryGap = Origin(rawValue: 4)
        /// E from E.
        static let extendsTraining = Origin(rawValue: 8)
        /// F from F.
        static let extendsQuery = Origin(rawValue: 16)
    }

    /// The best alignment; nil if no pair scores above 0. Memory is query residues times the width of the band.
    package func alignment() -> LocalAlignment? {
        var origins = [Origin](repeating: [], count: rows.count * width)
        let end = sweep { i, column, origin in origins[(i &- rows.lowerBound) &* width &+ column] = origin }
        return end.score == 0 ? nil : trace(from: end, origins)
    }

    /// Traces back from the end to the start.
    /// - Parameter origins: (m, width), row-major.
    private func trace(from end: End, _ origins: [Origin]) -> LocalAlignment {
        var (i, j, count, identities) = (end.query, end.training, 0, 0)
        // The gap that the cell belongs to; nil: go where its H came from.
        var gap: Origin?
        while rows.contains(i), columns.contains(j) {
            let origin = origins[(i - rows.lowerBound) * width + j - i - firstDiagonal]
            let part = gap ?? origin.intersection([.pair, .trainingGap, .queryGap])
            if part.isEmpty { break }
            count += 1
            switch part {
            case .pair:
                if profile.codes[i] == training[j] { identities += 1 }
                (i, j) = (i - 1, j - 1)
            case .trainingGap:
                gap = origin.contains(.extendsTraining) ? part : nil
                j -= 1
            default:
                gap = origin.contains(.extendsQuery) ? part : nil
                i -= 1
            }
        }
        return LocalAlignment(
            score: Int(end.score), queryRange: i + 1 - rows.lowerBound..<end.query + 1 - rows.lowerBound,
            trainingRange: j + 1 - columns.lowerBound..<end.training + 1 - columns.lowerBound, columns: count,
            identities: identities)
    }
}

/// An alignment of two chains.
package struct LocalAlignment: Equatable {
    package var score: Int
    /// Aligned ranges of the query and the training chain, from 0.
    package var queryRange: Range<Int>
    package var trainingRange: Range<Int>
    /// Pairs and gapped residues.
    package var columns: Int
    /// Pairs of equal residues, X and X among them.
    package var identities: Int

    package init(score: Int, queryRange: Range<Int>, trainingRange: Range<Int>, columns: Int, identities: Int) {
        self.score = score
        self.queryRange = queryRange
        self.trainingRange = trainingRange
        self.columns = columns
        self.identities = identities
    }
}
