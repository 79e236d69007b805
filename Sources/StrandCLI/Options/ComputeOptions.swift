import ArgumentParser
import Strand

/// Where the numeric work runs, and how exactly.
struct ComputeOptions: ParsableArguments {
    @OptionGroup var threads: ThreadOptions

    @Option(
        help: ArgumentHelp(
            """
            fp32, or bf16: faster where the processor multiplies bfloat16 (elsewhere fp32 is used, and said); few \
            results differ.
            """, valueName: "name"))
    var precision = KernelPath.Precision.fp32

    func validate() throws {
        _ = try pathFromEnvironment
    }

    /// The kernels named by the environment variable STRAND_KERNELS; nil if it is not set.
    private var pathFromEnvironment: KernelPath? {
        get throws {
            guard let name = Terminal.environment("STRAND_KERNELS") else { return nil }
            let supported = KernelPath.allCases.filter(\.isSupported)
            guard let path = supported.first(where: { $0.rawValue == name }) else {
                let names = supported.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("STRAND_KERNELS=\(name): this processor has \(names)")
            }
            return path
        }
    }

    func makeCompute() throws -> Compute {
        let chosen = try pathFromEnvironment ?? KernelPath.best(precision)
        if chosen == nil { Terminal.message("this processor does not multiply \(precision.rawValue): using fp32") }
        return Compute(threads: threads.count, path: chosen ?? .best)
    }
}

extension KernelPath.Precision: ExpressibleByArgument {}

/// The number of threads.
struct ThreadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Threads that compute (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
    }

    /// The requested threads, or as many as there are processors.
    var count: Int { threads ?? usableProcessors() }
}
