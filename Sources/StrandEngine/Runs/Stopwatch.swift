import StrandBytes

/// Measures the time since it was made.
package struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    package init() {}

    package var seconds: Double { start.duration(to: .now) / .seconds(1) }

    /// The share of the work that is done, the counts, and the time left at the pace so far.
    package func progress(_ done: Int, of total: Int, _ noun: String) -> String {
        let left = done > 0 ? ", \(duration(seconds * Double(total - done) / Double(done))) left" : ""
        return "\(100 * done / max(total, 1)) %, \(grouped(done)) of \(counted(total, noun))\(left)"
    }
}
