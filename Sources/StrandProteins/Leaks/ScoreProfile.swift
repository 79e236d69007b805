import StrandBytes

/// Some evaluated chains, ready to be searched with: one after the other with separators around them, and for each
/// residue the scores of all that can be aligned with it.
///
/// Several chains go through the training data together because that costs little more than one; what is found does not
/// depend on how they are put together.
package struct ScoreProfile {
    /// Scores in a row: the codes of `BLOSUM62`, and room for rows to start at powers of two.
    static let rowLength = 32

    /// Codes of the residues, and separators.
    package let codes: [UInt8]
    /// The places of each chain's residues.
    package let bounds: [Range<Int>]
    /// (m, 32), row-major: `scores[32 * q + c]` of the residue at place q aligned with code c.
    private let scores: [Int16]

    /// - Parameter chains: codes of `BLOSUM62`.
    package init(_ chains: [[UInt8]]) {
        (codes, bounds) = BLOSUM62.joined(chains)
        let rows = (0..<UInt8(BLOSUM62.codeCount)).map { code in
            (0..<Self.rowLength).map { $0 < BLOSUM62.codeCount ? Int16(BLOSUM62.score(code, UInt8($0))) : 0 }
        }
        scores = codes.flatMap { rows[Int($0)] }
    }

    /// The score of the residue at place `q` aligned with `code`.
    @inline(__always)
    func score(_ q: Int, _ code: UInt8) -> Int32 { Int32(scores[Self.rowLength &* q &+ Int(code)]) }

    /// The chain that place `q` belongs to.
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
    /// Chains one after the other, with a separator before the first and after each, and the places of each.
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
