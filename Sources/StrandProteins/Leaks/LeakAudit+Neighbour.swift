extension LeakAudit {
    /// A local alignment of an evaluated chain with a training chain.
    public struct Match: Sendable, Equatable {
        /// In half bits of BLOSUM62, minus 11 + g for a gap of g residues.
        public let score: Int
        /// The score in bits of information: two chains by chance reach S bits with probability about m n 2^-S.
        public let bits: Double
        /// Alignments of at least this score expected by chance in the whole training data.
        public let eValue: Double
        /// Pairs of equal residues, as a share of the alignment's columns: pairs and gapped residues.
        public let identity: Double
        /// The aligned ranges of residues, from 0.
        public let evaluatedRange: Range<Int>
        public let trainingRange: Range<Int>

        package init(
            score: Int, bits: Double, eValue: Double, identity: Double, evaluatedRange: Range<Int>,
            trainingRange: Range<Int>
        ) {
            self.score = score
            self.bits = bits
            self.eValue = eValue
            self.identity = identity
            self.evaluatedRange = evaluatedRange
            self.trainingRange = trainingRange
        }
    }

    /// Why a training chain is near.
    public enum Reason: String, Sendable, CaseIterable {
        /// The chains are equal.
        case identical
        /// One chain contains the other.
        case contained
        /// The alignment is too good for chance.
        case eValue = "E-value"
        /// Enough of a chain is aligned with enough equal residues.
        case identity
    }

    /// A training chain that is near an evaluated one.
    public struct Neighbour: Sendable, Equatable {
        /// Indices of the two chains among those given.
        public let evaluated: Int
        public let training: Int
        /// Their best alignment.
        public let match: Match
        /// The share of each chain's residues between the alignment's ends.
        public let evaluatedCoverage: Double
        public let trainingCoverage: Double
        /// The first reason that holds.
        public let reason: Reason
    }
}
