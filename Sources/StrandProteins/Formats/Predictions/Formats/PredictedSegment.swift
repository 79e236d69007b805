import StrandBytes

/// A run of residues with the same label.
struct PredictedSegment: Equatable {
    let state: UInt8
    /// From 0, at least one.
    let residues: Range<Int>
    /// Of the state, over the residues.
    let meanProbability: Float
}

extension PredictionRecord {
    /// The runs of labels, in order, which together are the whole chain.
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
