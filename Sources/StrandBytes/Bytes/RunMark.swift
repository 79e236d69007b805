import CStrandBytes

/// What a file or folder tells of the runs that completed it: the hashes of their identities, noted beside its contents
/// (an extended attribute). Not every file system keeps such notes, and many copies lose them.
enum RunMark {
    private static let attribute = "user.strand.runs"
    private static let longestValue = 2048

    /// Who made a whole output.
    enum Maker {
        /// A run of this identity.
        case same
        /// Runs of other identities.
        case other
        /// Nothing tells.
        case unknown
    }

    /// The identity's hash, in the mark and in names of journals.
    static func digest(of identity: String) -> String {
        var digest = SHA256()
        digest.update(Array(identity.utf8)[...])
        return String(digest.finish().prefix(12))
    }

    /// Notes that a run of this identity completed the file, or its files in the folder. Does nothing where notes cannot
    /// be kept.
    /// - Parameter isOnly: whether no other run has a share in it.
    static func add(_ identity: String, to path: String, isOnly: Bool) {
        let own = digest(of: identity)
        let others = isOnly ? [] : digests(of: path).filter { $0 != own }
        // The latest stay when there is no room for all.
        let value = Array((others + [own]).joined(separator: " ").utf8.suffix(longestValue))
        _ = strand_set_attribute(path, attribute, value, value.count)
    }

    /// Who completed the file, or files in the folder.
    static func maker(of path: String, for identity: String) -> Maker {
        let digests = digests(of: path)
        if digests.contains(digest(of: identity)) { return .same }
        return digests.isEmpty ? .unknown : .other
    }

    private static func digests(of path: String) -> [String] {
        var value = [UInt8](repeating: 0, count: longestValue)
        let count = strand_get_attribute(path, attribute, &value, value.count)
        guard count > 0 else { return [] }
        return String(decoding: value[..<count], as: UTF8.self).split(separator: " ").map(String.init)
    }
}
