import StrandEngine
import StrandNetwork

extension ResidueEncoder: ONNXEncoder {
    /// Adds the input `residues` (B, T), uint8, and where the network sees more, `profile` (B, T, 22) or `features` (B, T, D),
    /// float32. Letters become one-hot vectors by a table of 256 rows.
    package func add(to graph: inout ONNXGraph) -> String {
        let residues = graph.input(
            .init(
                "residues", .uint8, [.batch, .time],
                "residues as ASCII letters of either case. Letters other than \(alphabet) are unknown residues, and so is any "
                    + "other byte."))
        let byTime = graph.add("Transpose", [residues], to: "residues.by_time", [.integers("perm", [1, 0])])
        let indices = graph.add(
            "Cast", [byTime], to: "residues.indices", [.integer("to", ONNXGraph.NumberType.int32.code)])
        let table = graph.constant("letters", shape: [256, columns], oneHotTable)
        let letters = graph.add("Gather", [table, indices], to: "residues.one_hot", [.integer("axis", 0)])
        guard let port = beside.port else { return letters }
        let others = graph.add(
            "Transpose", [graph.input(port)], to: "\(port.name).by_time", [.integers("perm", [1, 0, 2])])
        return graph.add("Concat", [letters, others], to: "encoded", [.integer("axis", 2)])
    }

    /// Columns of a one-hot vector: the letters, and one for everything else.
    private var columns: Int { alphabet.utf8.count + 1 }

    /// (256, columns): a row for each byte.
    private var oneHotTable: [Float] {
        codes(of: 0...255).flatMap { code in (0..<columns).map { $0 == Int(code) ? 1 : 0 } }
    }
}

extension FeatureKind {
    /// The input of what the network sees beside the residues; nil if it sees nothing.
    fileprivate var port: ONNXGraph.Port? {
        let shape: [ONNXGraph.Side] = [.batch, .time, .fixed(columns)]
        switch self {
        case .nothing: return nil
        case .profile:
            let letters = String(decoding: ResidueProfile.aminoAcids, as: UTF8.self)
            return .init(
                "profile", .float32, shape,
                "of each residue the square roots of the frequencies of \(letters) in its relatives, ln(Neff) / ln(20), and "
                    + "the share of gaps. Neff is exp of the mean entropy, in nats, of the frequencies of the residues at most "
                    + "\(ResidueProfile.neffReach) away. Alone, a residue has the frequency 1 of itself, ln(Neff) 0 and no gaps."
            )
        case .given: return .init("features", .float32, shape, "the user's own features, columns as in training.")
        }
    }
}
