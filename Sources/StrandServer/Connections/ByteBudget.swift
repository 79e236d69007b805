import Synchronization

/// Bytes that all bodies together may have.
final class ByteBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    init(_ limit: Int) { self.limit = limit }

    /// A share of it, empty at first.
    func reservation() -> Reservation { Reservation(self) }

    fileprivate func take(_ count: Int) throws(Problem) {
        if used.add(count, ordering: .relaxed).newValue > limit {
            give(count)
            throw Problem.busy("too much is being sent at the moment: try again")
        }
    }

    fileprivate func give(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}

/// A share of a budget, given back when nobody refers to it. Used by one thread at a time.
final class Reservation: @unchecked Sendable {
    private let budget: ByteBudget
    private var count = 0

    fileprivate init(_ budget: ByteBudget) { self.budget = budget }

    /// - Throws: if there are too many bytes at the moment.
    func grow(to wanted: Int) throws(Problem) {
        guard wanted > count else { return }
        try budget.take(wanted - count)
        count = wanted
    }

    deinit { budget.give(count) }
}

/// A request's body.
struct Body: Sendable {
    let bytes: [UInt8]
    let reservation: Reservation?
}
