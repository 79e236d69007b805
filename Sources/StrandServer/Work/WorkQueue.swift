import NIOConcurrencyHelpers
import NIOPosix

/// Requests that need the networks, worked on by one thread that hands what there is to them together: requests of a few
/// milliseconds share a batch, and a long one lets others in between.
final class WorkQueue: Sendable {
    private enum Call: Equatable {
        case idle, work
    }

    private let call = ConditionLock<Call>(value: .idle)
    private nonisolated(unsafe) var arrived: [any Job] = []
    private nonisolated(unsafe) var isStopping = false
    /// Whether something changed since the last look.
    private nonisolated(unsafe) var hasNews = false
    private nonisolated(unsafe) var unfinished = 0
    private let worker: Worker
    private let limit: Int
    private let thread = NIOThreadPool(numberOfThreads: 1)

    init(_ models: ServerModels, _ limits: ServerLimits, _ metrics: Metrics) {
        worker = Worker(models, limits, metrics)
        limit = limits.requests
    }

    /// Starts to work.
    func start() {
        thread.start()
        thread.submit { [self] _ in run() }
    }

    /// Stops when the current batch is done. What is unanswered stays so.
    func stop() {
        change { isStopping = true }
        thread.shutdownGracefully { _ in }
    }

    /// Requests that are not answered yet.
    var count: Int {
        call.lock()
        defer { call.unlock() }
        return unfinished
    }

    /// Adds a request, which is answered in its turn, or at once if too many wait.
    func add(_ job: some Job) {
        var isFull = false
        change {
            isFull = unfinished >= limit
            if isFull { return }
            arrived.append(job)
            unfinished += 1
        }
        if isFull { job.exchange.respond(Problem.busy("\(limit) requests wait already: try again").response) }
    }

    /// Looks again whether there is something to do: a client has taken what was made for it.
    func wake() { change {} }

    private func change(_ body: () -> Void) {
        call.lock()
        body()
        hasNews = true
        call.unlock(withValue: .work)
    }

    private func run() {
        worker.warmUp()
        var jobs: [any Job] = []
        while true {
            call.lock(whenValue: .work)
            jobs += arrived
            (arrived, hasNews) = ([], false)
            unfinished = jobs.count
            let ends = isStopping
            call.unlock(withValue: .idle)
            if ends { return }
            let isBusy = worker.step(&jobs)
            call.lock()
            unfinished = jobs.count + arrived.count
            call.unlock(withValue: isBusy || hasNews ? .work : .idle)
        }
    }
}
