import StrandBytes

/// Some evaluated chains, prepared for searching: one after another with separators around them, and for each
/// residue the scores of aligning it with every code.
///
/// Several chains are searched together because that costs little more than one; the result does not
/// depend on how they are grouped.
package struct ScoreProfile {
    /// Scores per row: the codes of `BLOSUM62`, padded to a power of two.
    static let rowLength = 32

    /// Codes of the residues, and separators.
    package let codes: [UInt8]
    /// The range of positions of each chain.
    package let bounds: [Range<Int>]
    /// (m, 32), row-major: `scores[32 * q + c]` of the residue at position q aligned with code c.
    private let scores: [Int16]

    /// - Parameter chains: codes of `BLOSUM62`.
    package init(_ chains: [[UInt8]]) {
        (codes, bounds) = BLOSUM62.joined(chains)
        let rows = (0..<UInt8(BLOSUM62.codeCount)).map { code in
            (0..<Self.rowLength).map { $0 < BLOSUM62.codeCount ? Int16(BLOSUM62.score(code, UInt8($0))) : 0 }
        }
        scores = codes.flatMap { rows[Int($0)] }
    }

    /// The score of the residue at position `q` aligned with `code`.
    @inline(__always)
    func score(_ q: Int, _ code: UInt8) -> Int32 { Int32(scores[Self.rowLength &* q &+ Int(code)]) }

    /// The chain that position `q` belongs to.
    func chain(at q: Int) -> Int {
        var candidates = 0..<bounds.count
        while candidates.count > 1 {
            let middle = candidates.lowerBound + candidates.count / 2
            candidates =
                bounds[middle].lowerBound <= q
                ? middle..<candidates.upperBound : candidates.lowerBound..<middle
        }
        return candidates.lowerBound
    }
}

extension BLOSUM62 {
    /// Chains one after another, with a separator before the first and after each, and the range of each.
    static func joined(_ chains: [[UInt8]]) -> (codes: [UInt8], bounds: [Range<Int>]) {
        var codes = [separator]
        var bounds: [Range<Int>] = []
        for chain in chains {
            bounds.append(codes.count..<codes.count + chain.count)
            codes += chain
            codes.append(separator)
        }
        return (codes, bounds)
    }
}
