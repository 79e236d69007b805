import CStrandKernels

/// Where the numeric work runs: an instruction-set path and a set of worker threads.
///
/// Make one and pass it on; its threads live as long as it does. It may be shared: jobs from several threads take turns.
public final class Compute: Sendable {
    /// Threads that work, the caller's among them.
    public let threads: Int
    /// The instruction-set path every kernel is taken from.
    public let path: KernelPath

    private nonisolated(unsafe) let pool: OpaquePointer?

    /// - Parameters:
    ///   - threads: number of threads, the caller's included; at least 1.
    ///   - path: instruction-set path; the processor must support it.
    public init(threads: Int, path: KernelPath = .best) {
        precondition(threads >= 1, "a computation needs a thread")
        precondition(path.isSupported, "the processor cannot run the \(path.rawValue) kernels")
        self.path = path
        self.pool = strand_pool_create(Int32(threads))
        self.threads = pool == nil ? 1 : threads
    }

    private init(inlineOn path: KernelPath) {
        self.path = path
        self.pool = nil
        self.threads = 1
    }

    deinit {
        if let pool { strand_pool_destroy(pool) }
    }

    /// The same path without threads: for use inside a task of `run`, whose thread is already set up.
    public var inline: Compute { Compute(inlineOn: path) }

    /// Calls `task(0 ..< count)`, each index once, and returns when all are done.
    ///
    /// Tasks run at the same time in any order, so they must not write to the same memory, and must not call `run`.
    /// Subnormal numbers are flushed to zero while they run.
    public func run(_ count: Int, _ task: (Int) -> Void) {
        guard let pool else {
            for index in 0..<count { task(index) }
            return
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

    /// The results of `transform(0 ..< count)`, computed as `run` does.
    public func map<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initialized in
            let start = results.baseAddress
            run(count) { (start! + $0).initialize(to: transform($0)) }
            initialized = count
        }
    }
}
