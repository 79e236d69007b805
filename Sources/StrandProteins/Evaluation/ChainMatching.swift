import StrandBytes

/// Which predictions belong to which chains of the truth, and what is done to make them comparable.
package struct ChainMatching {
    /// Chains found under another form of their id, and those found by their sequence.
    private(set) var (byForm, bySequence): ([(id: String, from: String)], [(id: String, from: String)]) = ([], [])
    /// Chains with residues that the truth's format lacks, which are left out.
    private(set) var shortened: [String] = []

    /// More pairs of chains than this are not compared by sequence.
    private static let mostPairs = 10_000

    /// Matches the system's chains, which get the ids of the truth.
    init(_ system: inout PredictedSystem, with truth: LabelledData) {
        byForm = Self.sorted(ChainIDs(truth.records.map(\.id), system.chains.keys).pairs)
        system.rename(byForm)
        bySequence = Self.sorted(Self.pairsBySequence(system, truth))
        system.rename(bySequence)
        guard truth.lacksResidues else { return }
        for record in truth.records {
            guard let states = system.chains[record.id], states.labels.count > record.sequence.count,
                let residues = Self.residues(of: record.sequence, in: states.sequence ?? [])
            else { continue }
            system.keep(residues, of: record.id)
            shortened.append(record.id)
        }
    }

    private static func sorted(_ pairs: [String: String]) -> [(id: String, from: String)] {
        pairs.sorted { $0.key < $1.key }.map { (id: $0.key, from: $0.value) }
    }

    /// Where the truth or the prediction has no id but its file's name, chains of one sequence that no other has.
    private static func pairsBySequence(_ system: PredictedSystem, _ truth: LabelledData) -> [String: String] {
        let ids = Set(truth.records.map(\.id))
        let alone = truth.records.filter { system.chains[$0.id] == nil }
        let others = system.chains.filter { !ids.contains($0.key) }
        if alone.count * others.count > mostPairs { return [:] }
        var found: [String: [String]] = [:]
        var claims: [String: Int] = [:]
        for record in alone {
            for (id, states) in others where truth.isNamedByFile(record.id) || states.isNamedByFile {
                guard let sequence = states.sequence,
                    sequence.uppercased == record.sequence.uppercased
                        || truth.lacksResidues && residues(of: record.sequence, in: sequence) != nil
                else { continue }
                found[record.id, default: []].append(id)
                claims[id, default: 0] += 1
            }
        }
        return found.compactMapValues { $0.count == 1 && claims[$0[0]] == 1 ? $0[0] : nil }
    }

    /// The indices in a sequence of the residues of a chain that lacks some of it, piece by piece, each the longest there
    /// is; nil if a piece is shorter than 5 residues.
    package static func residues(of chain: [UInt8], in sequence: [UInt8]) -> [Int]? {
        let (chain, sequence) = (chain.uppercased, sequence.uppercased)
        var indices: [Int] = []
        while indices.count < chain.count {
            let start = indices.last.map { $0 + 1 } ?? 0
            guard start < sequence.count else { return nil }
            let rest = chain[indices.count...]
            let pieces = (start..<sequence.count).map { index in
                (index, zip(sequence[index...], rest).prefix { $0 == $1 || isUnknown($0) || isUnknown($1) }.count)
            }
            guard let longest = pieces.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }), longest.1 >= min(5, rest.count) else {
                return nil
            }
            indices += longest.0..<longest.0 + longest.1
        }
        return indices
    }

    private static func isUnknown(_ residue: UInt8) -> Bool { residue == UInt8(ascii: "X") }
}
