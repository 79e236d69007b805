import Synchronization

/// Asks long work to stop at the next good moment. May be raised on any thread, and in a signal handler.
public final class StopFlag: Sendable {
    private let reason = Atomic<Int32>(0)

    public init() {}

    /// Asks to stop.
    /// - Parameter reason: a nonzero number for the reason, such as that of a signal.
    public func raise(_ reason: Int32 = 1) { self.reason.store(reason, ordering: .relaxed) }

    /// Why the work should stop; nil: it should not.
    public var raised: Int32? {
        let reason = reason.load(ordering: .relaxed)
        return reason == 0 ? nil : reason
    }
}

/// The run was stopped; what is complete stays.
public struct Interrupted: Error, CustomStringConvertible {
    /// The reason given to `StopFlag.raise`.
    public let reason: Int32
    /// Where the run stopped.
    public let description: String
    /// Whether another run can resume where this one stopped.
    public let isResumable: Bool
}

/// The work on some records failed, such as a program that it runs; what was complete before stays.
public struct WorkFailed: Error {
    /// Why.
    public let reason: any Error
    /// Complete records that another run can go on from.
    public let recordsKept: Int

    init(_ reason: any Error, recordsKept: Int = 0) {
        (self.reason, self.recordsKept) = (reason, recordsKept)
    }
}
