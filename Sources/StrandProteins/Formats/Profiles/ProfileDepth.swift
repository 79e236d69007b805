import StrandBytes
import StrandEngine

/// How much a chain's profile shows.
public struct ProfileDepth: Sendable, Equatable {
    /// Rows of the alignment, the chain itself among them; nil if the source does not say.
    public let rows: Int?
    /// See `ResidueProfile.meanNeff`.
    public let neff: Float

    /// The depth of what is known of a chain; a chain of which no relatives are known is alone.
    package init(_ features: ChainFeatures?) {
        if case .profile(let profile) = features {
            (rows, neff) = (profile.depth, profile.meanNeff)
        } else {
            (rows, neff) = (1, 1)
        }
    }

    /// Whether no relative is known.
    package var isAlone: Bool { rows.map { $0 <= 1 } ?? (neff < 1.005) }
}

/// The depths of many profiles.
public struct ProfileDepths: Sendable {
    private static let binsPerUnit = 20
    private var alone = 0
    /// How many have a Neff of 1, 1.05, 1.1, ... at least.
    private var counts = [Int](repeating: 0, count: 19 * binsPerUnit + 1)

    init() {}

    mutating func note(_ depth: ProfileDepth) {
        if depth.isAlone { alone += 1 }
        counts[min(max(Int((depth.neff - 1) * Float(Self.binsPerUnit)), 0), counts.count - 1)] += 1
    }

    /// Number of chains.
    public var count: Int { counts.reduce(0, +) }

    /// Whether there are chains, and no relative of any is known.
    public var areAllAlone: Bool { count > 0 && alone == count }

    /// The median Neff, to 0.05.
    public var medianNeff: Double {
        var rest = (count + 1) / 2
        for (bin, count) in counts.enumerated() {
            rest -= count
            if rest <= 0 { return 1 + Double(bin) / Double(Self.binsPerUnit) }
        }
        return 1
    }

    /// As a manifest has it.
    var summary: RunManifest.Profiles {
        RunManifest.Profiles(records: count, withoutRelatives: alone, medianNeff: medianNeff)
    }

    /// In words.
    public var text: String {
        let missing =
            switch alone {
            case 0: ""
            default: ", \(grouped(alone)) of them without relatives"
            }
        if alone == count {
            return count == 1
                ? "no relatives of the record are known" : "no relatives of any of \(grouped(count)) records are known"
        }
        return "profiles of \(counted(count, "record"))\(missing); median Neff \(fixed(medianNeff, 1))"
    }
}
