/// The most probable path of CTC, and what it spells: repeats merged, blanks taken out (Graves et al. 2006, eq. 4).
///
/// It is the fastest decoder; the most probable text may be another one, because a text has many paths.
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
