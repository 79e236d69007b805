/// The most probable path of CTC, and the text it spells: repeats merged, then blanks removed (Graves et al. 2006, eq. 4).
///
/// The fastest decoder. The most probable text may be another one, because many paths spell a text.
public enum BestPath {
    /// The labels that the most probable path of a sequence spells.
    /// - Parameters:
    ///   - probabilities: (T, K) of one sequence.
    ///   - blank: the label of the blank.
    public static func labels(_ probabilities: Matrix<Float>, blank: Int) -> [Int32] {
        var labels: [Int32] = []
        var last = blank
        for label in probabilities.mostProbableColumns {
            if label != blank && label != last { labels.append(Int32(label)) }
            last = label
        }
        return labels
    }
}
