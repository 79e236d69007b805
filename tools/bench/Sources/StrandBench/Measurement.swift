import CPeak
import Foundation

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
func seconds(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    return clock.measure(work) / .seconds(1)
}

/// Multiply-add operations a second of one thread, in units of 10^9: the best of several short runs.
func measuredPeak() -> Double {
    let rounds = 4_000_000
    var sink: Float = 0
    let best = (0..<5).map { _ in seconds { sink += peak_fma(rounds) } }.min() ?? 1
    precondition(sink.isFinite)
    return peak_fma_operations(rounds) / best / 1e9
}

/// What the figures were measured on.
struct Machine: Encodable {
    var processor: String
    var cores: Int
    var kernels: String
    var peakGigaflops: Double

    init(kernels: String) {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        processor = line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
        cores = ProcessInfo.processInfo.activeProcessorCount
        self.kernels = kernels
        peakGigaflops = measuredPeak()
    }
}
