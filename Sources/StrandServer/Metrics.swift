import Glibc
import StrandEngine
import Synchronization

/// Counts and times, as Prometheus reads them (text format 0.0.4).
final class Metrics: Sendable {
    private struct Answers: Hashable {
        var path: String
        var status: Int
    }

    private struct Times {
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var count = 0
        var sum = 0.0
    }

    private struct Counts {
        var answers: [Answers: Int] = [:]
        var times: [String: Times] = [:]
        var residues = 0
        var points = 0
        var batches = 0
        var recordsInBatches = 0
    }

    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.1, 0.25, 0.5, 1, 2.5, 10]
    private let counts = Mutex(Counts())

    func note(path: String, status: Int, seconds: Double) {
        counts.withLock { counts in
            counts.answers[Answers(path: path, status: status), default: 0] += 1
            var times = counts.times[path] ?? Times()
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound { times.buckets[index] += 1 }
            times.count += 1
            times.sum += seconds
            counts.times[path] = times
        }
    }

    /// Notes what was computed together.
    func noteBatch(records: Int, residues: Int = 0, points: Int = 0) {
        counts.withLock { counts in
            counts.batches += 1
            counts.recordsInBatches += records
            counts.residues += residues
            counts.points += points
        }
    }

    /// - Parameter waiting: requests that are not answered yet.
    func text(waiting: Int) -> [UInt8] {
        let counts = counts.withLock { $0 }
        var text = ""
        func metric(_ name: String, _ kind: String, _ help: String, _ rows: [(labels: String, value: String)]) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
            for (labels, value) in rows { text += "\(name)\(labels) \(value)\n" }
        }
        metric("strand_build_info", "gauge", "The program.", [("{version=\"\(strandVersion)\"}", "1")])
        let answers = counts.answers.sorted { ($0.key.path, $0.key.status) < ($1.key.path, $1.key.status) }
        metric(
            "strand_requests_total", "counter", "Answered requests.",
            answers.map { ("{path=\"\($0.key.path)\",status=\"\($0.key.status)\"}", "\($0.value)") })
        text += "# HELP strand_request_seconds Time from a request's start to the end of its answer.\n"
        text += "# TYPE strand_request_seconds histogram\n"
        for (path, times) in counts.times.sorted(by: { $0.key < $1.key }) {
            for (bound, count) in zip(Self.bounds, times.buckets) {
                text += "strand_request_seconds_bucket{path=\"\(path)\",le=\"\(bound)\"} \(count)\n"
            }
            text += "strand_request_seconds_bucket{path=\"\(path)\",le=\"+Inf\"} \(times.count)\n"
            text += "strand_request_seconds_sum{path=\"\(path)\"} \(times.sum)\n"
            text += "strand_request_seconds_count{path=\"\(path)\"} \(times.count)\n"
        }
        metric("strand_requests_waiting", "gauge", "Requests not answered yet.", [("", "\(waiting)")])
        metric("strand_residues_total", "counter", "Labelled residues.", [("", "\(counts.residues)")])
        metric("strand_points_total", "counter", "Points of ink that was read.", [("", "\(counts.points)")])
        metric("strand_batches_total", "counter", "Times the networks ran.", [("", "\(counts.batches)")])
        metric(
            "strand_batch_records_total", "counter", "Chains and samples in these batches.",
            [("", "\(counts.recordsInBatches)")])
        if let bytes = residentBytes() {
            metric("process_resident_memory_bytes", "gauge", "Resident memory in bytes.", [("", "\(bytes)")])
        }
        return Array(text.utf8)
    }

    private func residentBytes() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return nil }
        let pages = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return pages.map { $0 * Int(sysconf(CInt(_SC_PAGESIZE))) }
    }
}
