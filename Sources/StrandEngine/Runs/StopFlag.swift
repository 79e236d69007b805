import Synchronization

/// Asks long work to stop at the next good moment. May be raised on any thread, and by a handler of signals.
public final class StopFlag: Sendable {
    private let reason = Atomic<Int32>(0)

    public init() {}

    /// Asks to stop.
    /// - Parameter reason: a number that says why, such as that of a signal; not 0.
    public func raise(_ reason: Int32 = 1) { self.reason.store(reason, ordering: .relaxed) }

    /// Why the work is to stop; nil: it is not.
    public var raised: Int32? {
        let reason = reason.load(ordering: .relaxed)
        return reason == 0 ? nil : reason
    }
}

/// The run was stopped; what is whole stays.
public struct Interrupted: Error, CustomStringConvertible {
    /// What `StopFlag.raise` was given.
    public let reason: Int32
    /// Records that are in the output.
    public let records: Int
    /// Whether another run can go on where this one stopped.
    public let isResumable: Bool

    public var description: String { "stopped after \(counted(records, "record"))" }
}
