import CStrandKernels

/// Where the numeric work runs: an instruction-set path and a set of worker threads.
///
/// Make one and pass it on; its threads live as long as it does. It may be shared: jobs from several threads take turns.
public final class Compute: Sendable {
    /// Number of threads that work, including the caller's.
    public let threads: Int
    /// The instruction-set path of every kernel.
    public let path: KernelPath

    private let tables: KernelTables
    private nonisolated(unsafe) let pool: OpaquePointer?

    /// - Parameters:
    ///   - threads: number of threads, including the caller's; at least 1.
    ///   - path: instruction-set path; the processor must support it.
    public init(threads: Int, path: KernelPath = .best) {
        precondition(threads >= 1, "a computation needs a thread")
        self.path = path
        self.tables = KernelTables(path)
        self.pool = strand_pool_create(Int32(threads))
        self.threads = pool == nil ? 1 : threads
    }

    private init(inlineOn path: KernelPath, _ tables: KernelTables) {
        self.path = path
        self.tables = tables
        self.pool = nil
        self.threads = 1
    }

    deinit {
        if let pool { strand_pool_destroy(pool) }
    }

    /// Runs `body`; a fork by another thread waits until it has returned, so that the child finds no lock taken and no work
    /// half done. Computations can be used in a forked child, in which their threads start anew.
    /// - Precondition: not called inside such a `body`.
    public static func delayingForks<Result>(_ body: () throws -> Result) rethrows -> Result {
        strand_delay_forks()
        defer { strand_allow_forks() }
        return try body()
    }

    /// The same path without threads: for use inside a task of `run`, whose thread is already set up.
    public var inline: Compute { Compute(inlineOn: path, tables) }

    /// The kernels for a scalar.
    func kernels<Scalar: KernelScalar>(_: Scalar.Type) -> strand_kernels { tables[Scalar.self] }

    /// Calls `task(0 ..< count)`, each index once, and returns when all are done.
    ///
    /// Tasks run at the same time in any order. Subnormal numbers are flushed to zero while they run.
    /// - Precondition: not called inside a task of the same computation, which would wait for itself; `inline` is for that.
    public func run(_ count: Int, _ task: @Sendable (Int) -> Void) { runUnchecked(count, task) }

    /// The results of `transform(0 ..< count)`, in order; computed as `run` does.
    /// - Precondition: not called inside a task of the same computation; `inline` is for that.
    public func map<Result: Sendable>(_ count: Int, _ transform: @Sendable (Int) -> Result) -> [Result] {
        mapUnchecked(count, transform)
    }

    /// `run` for tasks that share pointers, which are not `Sendable`. No two tasks may write to the same memory.
    func runUnchecked(_ count: Int, _ task: (Int) -> Void) {
        guard let pool else {
            for index in 0..<count { task(index) }
            return
        }
        // Not `precondition`, which says nothing in a release build.
        if strand_pool_is_running(pool) {
            fatalError("Compute.run is called inside one of its own tasks and would wait for itself: use inline there")
        }
        withoutActuallyEscaping(task) { task in
            withUnsafePointer(to: task) { pointer in
                strand_pool_run(
                    pool, count,
                    { context, index in
                        context!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
                    }, UnsafeMutableRawPointer(mutating: pointer))
            }
        }
    }

    /// `map` for tasks that share pointers.
    func mapUnchecked<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initialized in
            let start = results.baseAddress
            runUnchecked(count) { (start! + $0).initialize(to: transform($0)) }
            initialized = count
        }
    }
}
