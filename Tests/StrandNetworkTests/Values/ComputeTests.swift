import Synchronization
import Testing

@testable import StrandNetwork

@Suite struct ComputeTests {
    @Test(arguments: [1, 2, 3, 7]) func eachIndexOnce(threads: Int) {
        let compute = Compute(threads: threads)
        #expect(compute.threads == threads)
        for count in Array(0...33) + [100, 1000, 10_000] {
            let calls = Counters(count)
            compute.run(count) { calls.add(1, to: $0) }
            #expect(calls.values == Array(repeating: 1, count: count))
        }
    }

    @Test(arguments: [1, 2, 3]) func manyShortJobs(threads: Int) {
        let compute = Compute(threads: threads)
        let calls = Counters(3)
        for _ in 0..<20_000 { compute.run(3) { calls.add(1, to: $0) } }
        #expect(calls.values == [20_000, 20_000, 20_000])
    }

    @Test func poolsComeAndGo() {
        for threads in 1...4 {
            for _ in 0..<50 {
                let calls = Counters(5)
                Compute(threads: threads).run(5) { calls.add(1, to: $0) }
                #expect(calls.values == [1, 1, 1, 1, 1])
            }
        }
    }

    @Test(arguments: [1, 2, 3]) func mapKeepsTheOrder(threads: Int) {
        let compute = Compute(threads: threads)
        for count in [0, 1, 2, 100] {
            #expect(compute.map(count) { "\($0)" } == (0..<count).map(String.init))
        }
        #expect(compute.inline.map(4) { $0 * $0 } == [0, 1, 4, 9])
    }

    @Test(arguments: [1, 2, 3]) func inlineInsideATask(threads: Int) {
        let compute = Compute(threads: threads)
        let sums = compute.map(50) { outer in
            let inline = compute.inline
            #expect(inline.path == compute.path && inline.threads == 1)
            return inline.map(outer) { $0 }.reduce(0, +)
        }
        #expect(sums == (0..<50).map { $0 * ($0 - 1) / 2 })
    }

    @Test(arguments: [1, 2]) func callersTakeTurns(threads: Int) async {
        let compute = Compute(threads: threads)
        let inside = Counters(4)
        let meetings = Counters(1)
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        compute.run(5) { _ in
                            inside.add(1, to: caller)
                            let callers = inside.values
                            if callers.indices.contains(where: { $0 != caller && callers[$0] > 0 }) {
                                meetings.add(1, to: 0)
                            }
                            inside.add(-1, to: caller)
                        }
                    }
                }
            }
        }
        #expect(meetings.values == [0])
        #expect(inside.values == [0, 0, 0, 0])
    }

    /// A task that ran tasks of its own computation would wait for itself for ever: it stops with a message instead.
    @Test func nestingStops() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let compute = Compute(threads: 2)
            compute.run(4) { _ in compute.run(2) { _ in } }
        }
        let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
        #expect(message.contains("Compute.run is called inside one of its own tasks"))
    }

    /// Also through a task of another computation.
    @Test func nestingThroughAnotherStops() async {
        await #expect(processExitsWith: .failure) {
            let (outer, inner) = (Compute(threads: 1), Compute(threads: 1))
            outer.run(1) { _ in inner.run(1) { _ in outer.run(1) { _ in } } }
        }
    }

    @Test(arguments: [1, 2, 3]) func anotherComputationInsideATask(threads: Int) {
        let compute = Compute(threads: threads)
        let sums = compute.map(5) { outer in Compute(threads: 2).map(outer) { $0 }.reduce(0, +) }
        #expect(sums == [0, 0, 1, 3, 6])
        #expect(compute.map(3) { $0 } == [0, 1, 2])
    }

    /// Subnormal numbers are zero in tasks and nowhere else.
    @Test(arguments: [1, 2, 3]) func subnormals(threads: Int) {
        let compute = Compute(threads: threads)
        let isFlushed = { @Sendable in Float.leastNormalMagnitude / Float(2 * compute.threads) == 0 }
        #expect(!isFlushed())
        #expect(compute.map(64) { _ in isFlushed() }.allSatisfy { $0 })
        #expect(compute.map(1) { _ in isFlushed() } == [true])
        #expect(!isFlushed())
    }
}

/// Numbers that several threads add to.
private final class Counters: Sendable {
    private let counts: Mutex<[Int]>

    init(_ count: Int) { counts = Mutex(Array(repeating: 0, count: count)) }

    func add(_ number: Int, to index: Int) { counts.withLock { $0[index] += number } }

    var values: [Int] { counts.withLock { $0 } }
}
