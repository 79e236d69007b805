import StrandBytes

/// The training chains one after another with separators around them, as codes and as words: three bytes per residue.
package struct TrainingChains: Sendable {
    package let codes: [UInt8]
    /// The word that starts at each position, if it lies within a chain.
    let words: [UInt16]
    /// The range of positions of each chain.
    package let bounds: [Range<Int>]

    /// - Parameter chains: codes of `BLOSUM62`.
    package init(_ chains: [[UInt8]]) {
        (codes, bounds) = BLOSUM62.joined(chains)
        words = WordTable.words(codes)
    }

    /// Residues of all chains.
    var residueCount: Int { codes.count - bounds.count - 1 }
}
