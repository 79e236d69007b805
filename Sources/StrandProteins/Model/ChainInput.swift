import Glibc

/// A chain as a labeller takes it: residues and, if there are any, features of each.
public struct ChainInput: Sendable {
    /// T residues as ASCII letters of either case.
    public let sequence: [UInt8]
    /// What is known of each residue beside its letter; nil: nothing.
    public let features: ChainFeatures?

    /// A chain; `features` are of as many residues.
    public init(_ sequence: [UInt8], _ features: ChainFeatures? = nil) {
        if case .profile(let profile) = features {
            precondition(profile.length == sequence.count, "the profile of another chain")
        }
        if case .given(let matrix) = features {
            precondition(matrix.rows == sequence.count, "the features of another chain")
        }
        self.sequence = sequence
        self.features = features
    }
}

/// What is known of each residue of a chain beside its letter.
public enum ChainFeatures: Sendable, Equatable {
    /// What relatives show.
    case profile(ResidueProfile)
    /// Numbers of the user's own, such as a language model's.
    case given(FeatureMatrix)
}

/// What a model sees beside the residues.
public enum FeatureKind: Sendable, Equatable {
    case nothing
    /// 22 columns: square roots of the 20 frequencies, ln(Neff) / ln(20), the share of gaps. See `ResidueProfile`.
    case profile
    /// This many columns of the user's own.
    case given(Int)

    /// D: columns of a residue.
    public var columns: Int {
        switch self {
        case .nothing: 0
        case .profile: 22
        case .given(let columns): columns
        }
    }

    /// In words.
    package var text: String {
        switch self {
        case .nothing: "residues alone"
        case .profile: "profiles"
        case .given(let columns): "features of \(columns) columns"
        }
    }

    /// As a model file has it: `profile`, or `features` and how many.
    var name: String {
        switch self {
        case .nothing: ""
        case .profile: "profile"
        case .given(let columns): "features \(columns)"
        }
    }

    /// The kind with this name, of at most 65,536 columns; nil if there is none.
    init?(_ name: String) {
        let words = name.split(separator: " ", omittingEmptySubsequences: false)
        if name == "profile" {
            self = .profile
        } else if words.count == 2, words[0] == "features", let columns = Int(words[1]), (1...65_536).contains(columns)
        {
            self = .given(columns)
        } else {
            return nil
        }
    }

    /// (T, D), row-major, of a chain; a chain with nothing beside is one without relatives, or has zeros.
    func columns(of chain: ChainInput) -> [Float] {
        switch (self, chain.features) {
        case (.nothing, _): return []
        case (.profile, .profile(let profile)): return Self.columns(of: profile)
        case (.profile, _): return Self.columns(of: ResidueProfile(ofAlone: chain.sequence))
        case (.given(let width), .given(let matrix)):
            precondition(matrix.columns == width, "features of another width")
            return matrix.values
        case (.given(let width), _): return [Float](repeating: 0, count: width * chain.sequence.count)
        }
    }

    static func columns(of profile: ResidueProfile) -> [Float] {
        let neff = profile.neff
        var columns: [Float] = []
        columns.reserveCapacity(22 * profile.length)
        for row in 0..<profile.length {
            for share in profile.frequencies[20 * row..<20 * (row + 1)] { columns.append(share.squareRoot()) }
            columns.append(logf(neff[row]) / logf(20))
            columns.append(profile.gaps[row])
        }
        return columns
    }
}
