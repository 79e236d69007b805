import Glibc

/// Stretches of few different residues, which look alike without being related.
///
/// The first pass of SEG (Wootton & Federhen 1993): all residues of a window of 12 whose Shannon entropy is at most
/// 2.2 bits. X counts as a residue like others here. No word is looked up in such a stretch, but segments and
/// alignments that start beside it see its residues unchanged: the soft masking of BLAST. (If segments were masked too,
/// purification tags that two chains share, such as MGSSHHHHHHSSGLVPRGSH, would be missed.)
package enum LowComplexity {
    package static let window = 12
    package static let entropy = 2.2

    /// The chain with each masked residue replaced by X.
    static func masked(_ codes: [UInt8]) -> [UInt8] {
        zip(codes, mask(codes)).map { $0.1 ? BLOSUM62.unknown : $0.0 }
    }

    /// Whether each residue is masked. Chains shorter than the window are not.
    package static func mask(_ codes: [UInt8]) -> [Bool] {
        var mask = [Bool](repeating: false, count: codes.count)
        var counts = [Int](repeating: 0, count: BLOSUM62.codeCount)
        for end in codes.indices {
            counts[Int(codes[end])] += 1
            let start = end - window + 1
            guard start >= 0 else { continue }
            if isLow(counts) { for index in start...end { mask[index] = true } }
            counts[Int(codes[start])] -= 1
        }
        return mask
    }

    /// Whether -sum p log2 p <= `entropy`.
    private static func isLow(_ counts: [Int]) -> Bool { counts.reduce(0) { $0 + terms[$1] } <= entropy }

    /// -p log2 p for p = n / 12.
    private static let terms: [Double] = (0...window).map { count in
        let p = Double(count) / Double(window)
        return count == 0 ? 0 : -p * log2(p)
    }
}
