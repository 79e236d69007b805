import StrandBytes

/// Why a run over many records cannot continue.
public enum RunProblem: FormatProblem, Equatable {
    /// A line that is not a training epoch, or a log without one.
    case noEpoch
    /// A shard has records left when the one whose turn it is has none.
    case surplusRecords(shard: String)
    /// Two records have this id, but ids must be unique here.
    case repeatedID

    public var description: String {
        switch self {
        case .noEpoch: "no epoch of a training"
        case .surplusRecords(let shard):
            "has more records than fit behind those of '\(shard)'; give all shards, in their order"
        case .repeatedID: "two records have this id; give each its own"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func run(_ problem: RunProblem) -> Self { Self(problem) }
}
