import CPeak
import Foundation
import StrandNetwork

/// Seconds of each repetition of one side of one case.
struct Measurement: Encodable {
    var name: String
    var side: String
    var layout: String
    var precision: String
    var threads: Int
    var seconds: [Double]
    var timesteps: Int
    var operations: Double

    var median: Double { seconds.sorted()[seconds.count / 2] }
    var timestepsPerSecond: Double { Double(timesteps) / median }
    var gigaflops: Double { operations / median / 1e9 }
}

/// Seconds that `work` takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(work) / .seconds(1)
}

/// Operations a second of one thread in nothing but multiply-adds, in units of 10^9: a run of about a millisecond.
func measuredPeak(_ precision: KernelPath.Precision) -> Double {
    let rounds = 50_000
    var sink: Float = 0
    let time = seconds { sink = peak_loop(precision == .bf16, rounds) }
    precondition(sink.isFinite)
    return peak_operations(precision == .bf16, rounds) / time / 1e9
}

/// What the figures were measured on.
struct Machine: Encodable {
    var processor: String
    var cores: Int
    /// Sizes of one core's caches, from the first level on.
    var caches: [String]
    var kernels: [String]
    /// Of one thread: the best of many runs.
    var peakGigaflops: [String: Double] = [:]

    /// - Parameters:
    ///   - kernels: the paths whose peak is measured.
    ///   - others: further paths.
    init(kernels: [KernelPath], others: [KernelPath]) {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        processor = line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
        cores = ProcessInfo.processInfo.activeProcessorCount
        caches = [0, 2, 3].compactMap { index in
            let path = "/sys/devices/system/cpu/cpu0/cache/index\(index)/size"
            return try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        self.kernels = (kernels + others).map(\.rawValue)
        for path in kernels {
            peakGigaflops[path.precision.rawValue] = (0..<50).map { _ in measuredPeak(path.precision) }.max()
        }
    }
}
