/// The distance of a residue from the nearest boundary of its true segment.
public enum BoundaryDistance {
    /// Distances of this and more form one class.
    public static let greatest = 6

    /// For each residue the number of residues between it and the nearest end of its segment, at most `greatest`; nil
    /// without a label. The ends of the chain and of a stretch of labels do not count as boundaries.
    public static func distances(of truth: [UInt8]) -> [Int?] {
        var distances = [Int?](repeating: nil, count: truth.count)
        let segments = truth.segments(where: truth)
        for (segmentIndex, segment) in segments.enumerated() {
            let range = segment.range
            let startsAtBoundary = segmentIndex > 0 && segments[segmentIndex - 1].range.upperBound == range.lowerBound
            let endsAtBoundary =
                segmentIndex + 1 < segments.count && segments[segmentIndex + 1].range.lowerBound == range.upperBound
            for index in range {
                let before = startsAtBoundary ? index - range.lowerBound : greatest
                let after = endsAtBoundary ? range.upperBound - 1 - index : greatest
                distances[index] = min(before, after, greatest)
            }
        }
        return distances
    }
}
