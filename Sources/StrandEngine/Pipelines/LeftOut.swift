import StrandBytes

/// What a conversion leaves out because it cannot be read, where that is allowed.
public struct LeftOut {
    private let policy: PipelineSettings.ErrorPolicy
    private let hasSeveralFiles: Bool
    private let observer: any RunObserver
    /// Records, and rests of files, left out so far.
    public private(set) var count = 0

    /// - Parameters:
    ///   - hasSeveralFiles: whether there are others beside a file that cannot be read.
    ///   - observer: told of everything left out.
    public init(_ policy: PipelineSettings.ErrorPolicy, hasSeveralFiles: Bool, observer: any RunObserver) {
        self.policy = policy
        self.hasSeveralFiles = hasSeveralFiles
        self.observer = observer
    }

    /// Counts what an error keeps from being read.
    /// - Throws: the error, if it must not be left out.
    public mutating func note(_ error: FormatError) throws(FormatError) {
        guard policy == .skip, error.mayBeLeftOut(amongSeveralFiles: hasSeveralFiles) else { throw error }
        count += 1
        observer.message("skipped: \(error)")
    }
}

extension FormatError {
    /// Whether it is about a record, or about the contents of one file among others.
    func mayBeLeftOut(amongSeveralFiles: Bool) -> Bool {
        let isOfContents = (problem.kind as? FileProblem)?.isOfContents ?? true
        return problem.isOfRecord || amongSeveralFiles && isOfContents
    }
}

extension RecordReader where Self: ~Copyable {
    /// The next record that can be read; nil after the last, and where the rest of a file cannot be read.
    /// - Parameter leaveOut: told of what cannot be read; throws what must not be left out.
    package mutating func next(
        leavingOut leaveOut: (FormatError) throws(FormatError) -> Void
    ) throws(FormatError) -> Record? {
        while true {
            do throws(FormatError) { return try next() } catch {
                try leaveOut(error)
                if !error.problem.isOfRecord { return nil }
            }
            while true {
                do throws(FormatError) {
                    try skipRecord()
                    break
                } catch {
                    try leaveOut(error)
                    if !error.problem.isOfRecord { return nil }
                }
            }
        }
    }
}
