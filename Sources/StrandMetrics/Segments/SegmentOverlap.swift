/// How well predicted segments overlap the true ones: the segment overlap measure, SOV.
///
/// A prediction that finds a helix but cuts it in two, or shifts its ends, scores differently from one that misses as
/// many residues at random. A residue without a true label is in no segment and ends those around it, in truth and
/// prediction alike. Tallies of chains can be added.
/// ```swift
/// let (truth, predicted) = (Array("CHHHHHHHHHHC".utf8), Array("CCCHHHHHHCCC".utf8))
/// SegmentOverlap.sov99.tally(truth: truth, predicted: predicted).score  // 0.806
/// ```
public struct SegmentOverlap: Sendable, Equatable {
    /// How far a pair of segments may differ without loss.
    private enum Allowance: Sendable, Equatable {
        case zemla
        case proportional(lambda: Double)
    }

    private let allowance: Allowance

    /// SOV'99 (Zemla, Venclovas, Fidelis & Rost 1999, "A modified definition of Sov").
    public static let sov99 = SegmentOverlap(allowance: .zemla)

    /// SOV_refine (Liu & Wang 2018, "SOV_refine: a further refined definition of segment overlap score"), which never
    /// falls when one more residue is predicted right.
    /// - Parameter lambda: how generous the allowance is; the paper's is 1.
    public static func refined(lambda: Double = 1) -> SegmentOverlap {
        SegmentOverlap(allowance: .proportional(lambda: lambda))
    }

    /// The sums over the segment pairs of one chain. Takes time linear in the chain's length.
    /// - Parameters:
    ///   - truth: one label per residue, `-` if there is none.
    ///   - predicted: one label per residue.
    ///   - label: the label whose segments count; nil: all.
    public func tally(truth: [UInt8], predicted: [UInt8], of label: UInt8? = nil) -> OverlapTally {
        precondition(truth.count == predicted.count, "\(predicted.count) labels for \(truth.count) residues")
        let trueSegments = truth.segments(where: truth)
        let predictedSegments = predicted.segments(where: truth)
        let scale = totalAllowance(trueSegments)
        var tally = OverlapTally.zero
        var first = 0
        for segment in trueSegments {
            while first < predictedSegments.count, predictedSegments[first].range.upperBound <= segment.range.lowerBound
            {
                first += 1
            }
            if let label, label != segment.label { continue }
            let overlapping = predictedSegments[first...].prefix { $0.range.lowerBound < segment.range.upperBound }
                .filter { $0.label == segment.label }
            // N = sum of len(s1) over all overlapping pairs, and over all s1 without an overlap.
            tally.weight += Double(segment.length * max(1, overlapping.count))
            for other in overlapping { tally.sum += overlap(segment, other, scale) * Double(segment.length) }
        }
        return tally
    }

    /// (minov(s1, s2) + delta(s1, s2)) / maxov(s1, s2)
    private func overlap(_ truth: Segment, _ predicted: Segment, _ scale: Double) -> Double {
        let least = Double(truth.range.clamped(to: predicted.range).count)
        let greatest = Double(truth.length + predicted.length) - least
        let allowed =
            switch allowance {
            // delta = min(maxov - minov, minov, len(s1) / 2, len(s2) / 2), rounded down
            case .zemla: min(least, Double(truth.length / 2), Double(predicted.length / 2))
            // delta = delta_all len(s1) / len(chain) minov / maxov
            case .proportional: scale * Double(truth.length) * least / greatest
            }
        return (least + min(allowed, greatest - least)) / greatest
    }

    /// delta_all / len(chain), where delta_all = lambda K / sum over segments (len / len(chain))^2 for K true states.
    private func totalAllowance(_ segments: [Segment]) -> Double {
        guard case .proportional(let lambda) = allowance else { return 0 }
        let length = Double(segments.reduce(0) { $0 + $1.length })
        let squares = segments.reduce(0) { $0 + Double($1.length * $1.length) }
        return squares == 0 ? 0 : lambda * Double(Set(segments.map(\.label)).count) * length / squares
    }
}

/// The numerator and denominator of a segment overlap score.
public struct OverlapTally: Sendable, Equatable {
    /// Sum of the overlaps, each times the length of its true segment.
    public internal(set) var sum: Double
    /// Sum of these lengths, and of the lengths of true segments without an overlap.
    public internal(set) var weight: Double

    /// An empty tally.
    public static let zero = OverlapTally(sum: 0, weight: 0)

    /// The score, 0 to 1; nil if no residue has a label.
    public var score: Double? { weight == 0 ? nil : sum / weight }

    public static func + (left: OverlapTally, right: OverlapTally) -> OverlapTally {
        OverlapTally(sum: left.sum + right.sum, weight: left.weight + right.weight)
    }
}
