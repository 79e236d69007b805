import StrandMetrics

/// The eight DSSP states (Kabsch & Sander 1983) and their reductions to three.
public enum SecondaryStructure {
    /// alpha helix, 3-10 helix, pi helix, strand, bridge, turn, bend, coil: the order of a model's labels.
    public static let eightStates = Array("HGIEBTSC".utf8)
    /// helix, strand, coil
    public static let threeStates = Array("HEC".utf8)
    /// Marks a residue without a label.
    public static let unlabelled = UInt8(ascii: "-")
    /// Letters that stand for coil elsewhere: of P-SEA and PROFsec, of other programs, and DSSP's poly-proline.
    static let otherCoil = Array("L_P".utf8)

    /// The letters of other programs' coil that mean nothing else among some labels.
    static func otherCoil(beside labels: [UInt8]) -> [UInt8] {
        labels == eightStates || labels == threeStates ? otherCoil : []
    }

    /// Whether some labels are those of three states alone.
    static func areThreeStates(_ labels: some Sequence<UInt8>) -> Bool {
        labels.allSatisfy { threeStates.contains($0) || $0 == unlabelled }
    }

    /// For each of the eight states, which of the three it reduces to: H, G, I helix, E, B strand, the rest coil.
    static let reduction = [0, 0, 0, 1, 1, 2, 2, 2]

    /// As sets of admissible states, bit k for state k, from labels of three states: each admits all of the eight that
    /// reduce to it.
    static func targets(threeStates labels: [UInt8]) -> [UInt32] {
        let sets = (0...255).map { byte -> UInt32 in
            threeStates.firstIndex(of: UInt8(byte)).map { three in
                reduction.indices.filter { reduction[$0] == three }.reduce(0) { $0 | 1 << UInt32($1) }
            } ?? 0
        }
        return labels.map { sets[Int($0)] }
    }
}
