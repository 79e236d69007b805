/// An alignment of two chains.
package struct LocalAlignment: Equatable {
    package var score: Int
    /// Aligned ranges of the query and the training chain, from 0.
    package var queryRange: Range<Int>
    package var trainingRange: Range<Int>
    /// Pairs and gapped residues.
    package var columns: Int
    /// Pairs of equal residues, X and X among them.
    package var identities: Int

    package init(score: Int, queryRange: Range<Int>, trainingRange: Range<Int>, columns: Int, identities: Int) {
        self.score = score
        self.queryRange = queryRange
        self.trainingRange = trainingRange
        self.columns = columns
        self.identities = identities
    }
}
