import Glibc

/// A chain with what its relatives show at each residue.
public struct ProfiledChain: Sendable, Equatable {
    /// The header without its `>`, byte for byte; a name where the format has no header.
    public let header: [UInt8]
    /// L residues as upper-case letters.
    public let sequence: [UInt8]
    public let profile: ResidueProfile

    /// A chain; `profile` has as many rows as there are residues.
    public init(header: [UInt8], sequence: [UInt8], profile: ResidueProfile) {
        precondition(profile.length == sequence.count, "\(profile.length) rows for \(sequence.count) residues")
        self.header = header
        self.sequence = sequence
        self.profile = profile
    }

    /// The first word of the header, as UTF-8 or, if that fails, Latin-1. Computed at each call.
    public var id: String { RecordHeader.id(of: header) }
}

/// Which amino acids stand at each residue of a chain in its relatives.
public struct ResidueProfile: Sendable, Equatable {
    /// The order of the columns.
    public static let aminoAcids = Array("ACDEFGHIKLMNPQRSTVWY".utf8)

    /// (L, 20), row-major: the share of each amino acid. A row adds up to 1, or is 0 where nothing is known.
    public let frequencies: [Float]
    /// (L): the share, by weight, of the relatives that have no residue here; 0 where the source does not say.
    public let gaps: [Float]
    /// Rows of the alignment, the chain itself among them; nil if the source does not say.
    public let depth: Int?

    /// A profile of as many residues as there are `gaps`.
    public init(frequencies: [Float], gaps: [Float], depth: Int?) {
        precondition(frequencies.count == 20 * gaps.count, "\(frequencies.count) frequencies, \(gaps.count) residues")
        self.frequencies = frequencies
        self.gaps = gaps
        self.depth = depth
    }

    /// The profile of a chain without relatives: each residue stands for itself.
    public init(ofAlone sequence: [UInt8]) {
        var frequencies = [Float](repeating: 0, count: 20 * sequence.count)
        for (row, residue) in sequence.enumerated() {
            if let column = Self.aminoAcids.firstIndex(of: residue & 0xDF) { frequencies[20 * row + column] = 1 }
        }
        self.init(frequencies: frequencies, gaps: [Float](repeating: 0, count: sequence.count), depth: 1)
    }

    /// L: residues of the chain.
    public var length: Int { gaps.count }

    /// Residues on either side over which `neff` averages.
    static let neffReach = 10

    /// Entropy of the frequencies of each residue, in nats.
    private var entropies: [Float] {
        (0..<length).map { row in
            frequencies[20 * row..<20 * (row + 1)].reduce(Float(0)) { $1 > 0 ? $0 - $1 * logf($1) : $0 }
        }
    }

    /// HH-suite's Neff: exp of the mean entropy of all residues, 1 (the chain alone) to 20.
    public var meanNeff: Float { expf(entropies.reduce(0, +) / Float(max(1, length))) }

    /// (L): how many different amino acids stand around a residue, 1 (the chain alone) to 20: exp of the mean entropy of
    /// the frequencies of the residues at most ten away, as HH-suite's Neff has it of a whole alignment.
    ///
    /// It is a function of the frequencies, so it means the same for every source.
    public var neff: [Float] {
        var sums: [Float] = [0]
        for entropy in entropies { sums.append(sums[sums.count - 1] + entropy) }
        return (0..<length).map { row in
            let (start, end) = (max(0, row - Self.neffReach), min(length, row + Self.neffReach + 1))
            return expf((sums[end] - sums[start]) / Float(end - start))
        }
    }
}
