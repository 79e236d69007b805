/// The last hit on each diagonal, which is training position minus query position.
struct DiagonalHits {
    /// Two hits at most this far apart, from start to start, are worth an extension (Altschul et al. 1997).
    static let window = 40

    /// Training positions; diagonals a power of two apart share an entry, but are never in use at the same time.
    private var last: [Int32]
    private let mask: Int

    /// - Parameter queryLength: number of query positions.
    init(queryLength: Int) {
        var size = 64
        while size < queryLength + 2 * Self.window { size *= 2 }
        mask = size - 1
        last = [Int32](repeating: -Int32(Self.window) - 1, count: size)
    }

    /// Records a pair of words at query position `q` and training position `s`. Training positions must not descend.
    /// - Returns: the distance from the last hit if it is worth an extension, else nil.
    @inline(__always)
    mutating func add(_ q: Int, _ s: Int) -> Int? {
        let entry = (s &- q) & mask
        let distance = Int(Int32(truncatingIfNeeded: s) &- last[entry])
        // Overlapping words are one hit, and a region covered by a segment is finished.
        if distance < WordTable.length { return nil }
        last[entry] = Int32(truncatingIfNeeded: s)
        return distance > Self.window ? nil : distance
    }

    /// Stops words inside `segment` from being hits.
    mutating func cover(_ segment: SegmentPair) {
        last[segment.diagonal & mask] = Int32(truncatingIfNeeded: segment.trainingEnd - WordTable.length)
    }
}
