extension LeakAudit {
    /// What counts as near, besides chains that are equal or contain one another.
    public struct Criteria: Sendable, Equatable {
        /// An alignment with an E-value below this is near.
        public var eValue = 1e-3
        /// So is one with at least this share of equal pairs among its columns,
        public var identity = 0.25
        /// over at least this share of either chain,
        public var coverage = 0.5
        /// with an E-value below this. By chance alone, a short chain has alignments of 25 % identity over half of it
        /// with an E-value of 1 or 10 in any large set.
        public var identityEValue = 0.1

        public init() {}

        /// The largest E-value that can matter.
        package var largestEValue: Double { max(eValue, identityEValue) }

        /// Why an alignment with this coverage of either chain is near, or nil.
        func reason(_ match: Match, coverage covered: Double) -> Reason? {
            if match.eValue < eValue { return .eValue }
            let isAlike = match.identity >= identity && covered >= coverage
            return isAlike && match.eValue < identityEValue ? .identity : nil
        }
    }
}
