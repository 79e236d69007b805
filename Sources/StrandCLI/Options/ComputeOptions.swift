import ArgumentParser
import Strand

/// Where the numeric work runs, and how exactly.
struct ComputeOptions: ParsableArguments {
    @OptionGroup var threads: ThreadOptions

    @Option(
        help: ArgumentHelp(
            """
            Of products: int8, fast and the same bytes on every processor, but not for training; fp32; or bf16, which \
            not every processor multiplies (elsewhere fp32 is used, and said). (default: int8; for training fp32)
            """, valueName: "name"))
    var precision: KernelPath.Precision?

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

    /// For inference.
    func makeCompute() throws -> Compute { Compute(threads: threads.count, path: try path(usual: .int8, isTold: true)) }

    /// What results of inference depend on: see `KernelPath.arithmetic`.
    var arithmetic: String {
        get throws { try path(usual: .int8).arithmetic }
    }

    /// For training, which needs more than 8 bits.
    func makeTrainingCompute() throws -> Compute {
        let path = try path(usual: .fp32, isTold: true)
        guard path.canTrain else { throw ValidationError("--precision int8 is for inference: train with fp32 or bf16") }
        return Compute(threads: threads.count, path: path)
    }

    private func path(usual: KernelPath.Precision, isTold: Bool = false) throws -> KernelPath {
        let precision = precision ?? usual
        if let path = try pathFromEnvironment ?? KernelPath.best(precision) { return path }
        if isTold { Terminal.message("this processor does not multiply \(precision.rawValue): using fp32") }
        return .best
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
