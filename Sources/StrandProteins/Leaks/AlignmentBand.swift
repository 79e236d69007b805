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
