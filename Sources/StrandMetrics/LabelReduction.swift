/// A map from the eight DSSP states to helix `H`, strand `E` and coil `C`, as ASCII letters.
///
/// The choice moves Q3 by a point or more, so figures should name the reduction.
public struct LabelReduction: Sendable, Equatable {
    /// The states that become `H`, a slash, the states that become `E`.
    public let name: String
    private let helix: [UInt8]
    private let strand: [UInt8]

    private init(helix: String, strand: String) {
        name = "\(helix)/\(strand)"
        self.helix = Array(helix.utf8)
        self.strand = Array(strand.utf8)
    }

    /// H, G, I to `H`; E, B to `E`: the default.
    public static let hgiEB = LabelReduction(helix: "HGI", strand: "EB")
    /// H to `H`; E to `E`: the strictest reduction.
    public static let hE = LabelReduction(helix: "H", strand: "E")
    /// H to `H`; E, B to `E`: the reduction of JPred.
    public static let jpred = LabelReduction(helix: "H", strand: "EB")

    /// All reductions, the default first.
    public static let all = [hgiEB, hE, jpred]

    /// The reduction called `name`, such as `HGI/EB`; nil if there is none.
    public init?(named name: String) {
        guard let reduction = Self.all.first(where: { $0.name == name }) else { return nil }
        self = reduction
    }

    /// The reduced `label`; `-`, no label, stays unchanged, and any other letter is coil.
    public func reduce(_ label: UInt8) -> UInt8 {
        if label == UInt8(ascii: "-") { return label }
        if helix.contains(label) { return UInt8(ascii: "H") }
        return strand.contains(label) ? UInt8(ascii: "E") : UInt8(ascii: "C")
    }

    /// The reduced labels, one for each of `labels`.
    public func reduce(_ labels: [UInt8]) -> [UInt8] { labels.map(reduce) }
}
