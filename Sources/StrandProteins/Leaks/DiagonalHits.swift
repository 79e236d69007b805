/// For each diagonal, training place less query place, where it was hit last.
struct DiagonalHits {
    /// Two hits this near, from start to start, are worth an extension (Altschul et al. 1997).
    static let window = 40

    /// Training places; diagonals a power of two apart share an entry, and are never alive at the same time.
    private var last: [Int32]
    private let mask: Int

    /// - Parameter queryLength: places of the queries.
    init(queryLength: Int) {
        var size = 64
        while size < queryLength + 2 * Self.window { size *= 2 }
        mask = size - 1
        last = [Int32](repeating: -Int32(Self.window) - 1, count: size)
    }

    /// Notes a pair of words at query place `q` and training place `s`. Training places must not descend.
    /// - Returns: how far back the last was if that is worth an extension, else nil.
    @inline(__always)
    mutating func add(_ q: Int, _ s: Int) -> Int? {
        let place = (s &- q) & mask
        let distance = Int(Int32(truncatingIfNeeded: s) &- last[place])
        // Words that overlap are one hit, and what a segment covers is done with.
        if distance < WordTable.length { return nil }
        last[place] = Int32(truncatingIfNeeded: s)
        return distance > Self.window ? nil : distance
    }

    /// Lets no word of `segment` be a hit any more.
    mutating func cover(_ segment: SegmentPair) {
        last[segment.diagonal & mask] = Int32(truncatingIfNeeded: segment.trainingEnd - WordTable.length)
    }
}
