/// Measures the time since it was made.
package struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    package init() {}

    package var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
