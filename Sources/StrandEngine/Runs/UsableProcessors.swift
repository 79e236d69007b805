import FoundationEssentials
import StrandBytes

/// Processors this process may use: those of its affinity mask, but no more than its control group's quota.
package func usableProcessors() -> Int {
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
