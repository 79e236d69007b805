import StrandBytes

/// A run of residues with the same label.
struct PredictedSegment: Equatable {
    let state: UInt8
    /// From 0, not empty.
    let residues: Range<Int>
    /// Mean probability of the state over the residues.
    let meanProbability: Float
}

extension PredictionRecord {
    /// The runs of equal labels, in order; together they cover the whole chain.
    var segments: [PredictedSegment] {
        let confidences = main.confidences
        var segments: [PredictedSegment] = []
        var start = 0
        for end in labels.indices.map({ $0 + 1 }) where end == labels.count || labels[end] != labels[start] {
            let sum = confidences[start..<end].reduce(into: 0.0) { $0 += Double($1) }
            segments.append(
                PredictedSegment(
                    state: labels[start], residues: start..<end, meanProbability: Float(sum / Double(end - start))))
            start = end
        }
        return segments
    }
}
