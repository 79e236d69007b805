import StrandBytes

/// Why a run over many records cannot continue.
public enum RunProblem: FormatProblem, Equatable {
    /// A line that is not a training epoch, or a log without one.
    case noEpoch
    /// A log or a checkpoint of a training with this many epochs, which a new training would replace.
    case unfinishedTraining(epochs: Int)
    /// A file that a run would replace and that is not what such runs write.
    case foreignFile(not: String)
    /// A folder holds files of some of the records, and nothing shows that an interrupted run wrote them.
    case foreignFiles(count: Int)
    /// Two records have this id, but ids must be unique here.
    case repeatedID
    /// Weights of 8 bits make a figure worse by so many percentage points, more than the most allowed.
    case quantisationLoses(String, points: Double, most: Double)

    public var description: String {
        switch self {
        case .noEpoch: "no epoch of a training"
        case .unfinishedTraining(let epochs): "holds \(counted(epochs, "epoch")) of a training"
        case .foreignFile(let what): "exists and is not \(what); name another file"
        case .foreignFiles(let count):
            "holds files of the first \(counted(count, "record")), and nothing shows that an interrupted run wrote them; "
                + "remove them or name another folder"
        case .repeatedID: "two records have this id; give each its own"
        case .quantisationLoses(let figure, let points, let most):
            "weights of 8 bits make \(figure) worse by \(fixed(points, 2)) percentage points, more than \(fixed(most, 2)): "
                + "nothing is written"
        }
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func run(_ problem: RunProblem) -> Self { Self(problem) }
}
