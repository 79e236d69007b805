extension InkSurvey {
    /// Writers in both sets, by name.
    public func sharedWriters(with other: InkSurvey) -> [String] {
        Set(digests.lazy.compactMap(\.writer)).intersection(other.digests.lazy.compactMap(\.writer)).sorted()
    }

    /// Ids in both sets.
    public func sharedIDs(with other: InkSurvey) -> [String] {
        Set(digests.lazy.map(\.id)).intersection(other.digests.lazy.map(\.id)).sorted()
    }

    /// Samples of the two sets, by id, with the same ink, wherever it is on the tablet.
    public func sharedInk(with other: InkSurvey) -> [(own: String, other: String)] {
        var ids: [UInt64: String] = [:]
        for digest in digests {
            if let hash = digest.inkHash { ids[hash] = ids[hash] ?? digest.id }
        }
        return other.digests.compactMap { digest in
            digest.inkHash.flatMap { ids[$0] }.map { (own: $0, other: digest.id) }
        }
    }

    /// Number of the other set's samples whose text occurs in this one.
    public func sharedTextCount(with other: InkSurvey) -> Int {
        let texts = Set(digests.lazy.compactMap(\.text))
        return other.digests.count { $0.text.map(texts.contains) ?? false }
    }
}
