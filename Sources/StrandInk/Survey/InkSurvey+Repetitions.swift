import StrandBytes

extension InkSurvey {
    /// What occurs more than once.
    struct Repetitions {
        /// Ids used more than once.
        var ids: [String] = []
        /// Samples with the ink of an earlier one.
        var ink: [Int] = []
        /// Those of them with a different text.
        var contradictions: [Int] = []
    }

    var repetitions: Repetitions {
        var result = Repetitions()
        var ids: [String: Int] = [:]
        var inks: [UInt64: Int] = [:]
        for (index, digest) in digests.enumerated() {
            ids[digest.id, default: 0] += 1
            if ids[digest.id] == 2 { result.ids.append(digest.id) }
            guard let hash = digest.inkHash else { continue }
            if let first = inks[hash] {
                result.ink.append(index)
                if digests[first].text != digest.text { result.contradictions.append(index) }
            } else {
                inks[hash] = index
            }
        }
        return result
    }
}
