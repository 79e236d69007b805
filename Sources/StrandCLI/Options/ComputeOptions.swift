import ArgumentParser
import FoundationEssentials
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

/// Processors this process may use: those of its affinity mask, but no more than its control group's quota.
func usableProcessors() -> Int {
    let inMask = ProcessInfo.processInfo.activeProcessorCount
    return max(1, min(inMask, quota() ?? inMask))
}

/// Processors granted by the control group, rounded up; nil if it sets no limit.
private func quota() -> Int? {
    // "MAX PERIOD" in microseconds; MAX is "max" if there is no limit.
    var lines = LineReader(.file("/sys/fs/cgroup/cpu.max"))
    guard let line = try? lines.next() else { return nil }
    let fields = line.split(separator: UInt8(ascii: " ")).map { Double(String(decoding: $0, as: UTF8.self)) }
    guard fields.count == 2, let granted = fields[0], let period = fields[1], period > 0 else { return nil }
    return Int((granted / period).rounded(.up))
}
