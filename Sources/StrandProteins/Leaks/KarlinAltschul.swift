import Glibc

/// The significance of a score: the statistics of local alignments (Karlin & Altschul 1990), with the constants of
/// BLOSUM62 and gaps that cost 11 + 1 per residue (Altschul et al. 1997; alpha and beta: Altschul et al. 2001).
package struct KarlinAltschul: Sendable {
    private static let lambda = 0.267
    private static let k = 0.041
    /// Growth of an alignment's length with its score, lambda / H for H = 0.14, and the length at score 0.
    private static let alpha = 1.9
    private static let beta = -30.0

    /// Residues and chains of the database.
    package let residueCount: Int
    package let chainCount: Int

    /// The score in bits: S' = (lambda S - ln K) / ln 2.
    package static func bits(_ score: Int) -> Double { (lambda * Double(score) - log(k)) / log(2) }

    package init(residueCount: Int, chainCount: Int) {
        self.residueCount = residueCount
        self.chainCount = chainCount
    }

    /// Alignments of at least this score expected by chance: E = m' n' 2^-S'.
    package func eValue(score: Int, searchSpace: Double) -> Double { searchSpace * exp2(-Self.bits(score)) }

    /// m' n' for a chain of m residues: an alignment cannot start where either chain has less left than the length of
    /// an alignment, so m' = m - l, n' = n - N l.
    package func searchSpace(queryLength m: Int) -> Double {
        let l = lengthAdjustment(queryLength: m)
        return Double(m - l) * Double(residueCount - chainCount * l)
    }

    /// The largest l with l <= alpha / lambda ln(K (m - l)(n - N l)) + beta (Altschul et al. 2001, the solution of
    /// equation 5 as BLAST takes it) that leaves something of both sides; 0 if there is none.
    package func lengthAdjustment(queryLength m: Int) -> Int {
        var l = 0
        while isAdmissible(l + 1, m) { l += 1 }
        return l
    }

    private func isAdmissible(_ l: Int, _ m: Int) -> Bool {
        let (left, right) = (m - l, residueCount - chainCount * l)
        guard left > 0, right > 0 else { return false }
        let space = Self.k * Double(left) * Double(right)
        return space > Double(max(m, residueCount)) && Double(l) <= Self.alpha / Self.lambda * log(space) + Self.beta
    }
}
