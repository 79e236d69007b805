import ArgumentParser
import StrandNetwork

/// Where the numeric work runs.
struct ComputeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Threads that compute (default: the processors this process may use).", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
        _ = try path
    }

    /// The kernels: the widest the processor has, unless the environment variable STRAND_KERNELS names others.
    private var path: KernelPath {
        get throws {
            guard let name = Terminal.environment("STRAND_KERNELS") else { return .best }
            let supported = KernelPath.allCases.filter(\.isSupported)
            guard let path = supported.first(where: { $0.rawValue == name }) else {
                let names = supported.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("STRAND_KERNELS=\(name): this processor has \(names)")
            }
            return path
        }
    }

    func makeCompute() throws -> Compute { Compute(threads: threads ?? usableProcessors(), path: try path) }
}
