import StrandBytes

/// Features of chains by id, of one kind.
public enum ChainFeatureSet: Sendable {
    case profiles(ProfileSet)
    case given(FeatureSet)

    /// What a model sees to which they belong.
    public var kind: FeatureKind {
        switch self {
        case .profiles: .profile
        case .given(let set): .given(set.columns)
        }
    }

    /// The files, and what they are called.
    var files: (paths: [String], role: String) {
        switch self {
        case .profiles(let set): (set.paths, "profiles")
        case .given(let set): (set.paths, "features")
        }
    }

    /// The features of a chain; nil for one without a profile.
    /// - Throws: what `ProfileSet.profile(id:of:)` and `FeatureSet.features(id:of:)` throw.
    public func features(id: String, of chain: [UInt8]) throws(FormatError) -> ChainFeatures? {
        switch self {
        case .profiles(let set): try set.profile(id: id, of: chain).map { .profile($0) }
        case .given(let set): .given(try set.features(id: id, of: chain))
        }
    }
}
