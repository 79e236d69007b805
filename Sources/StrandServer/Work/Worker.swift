import StrandEngine
import StrandInk
import StrandNetwork
import StrandProteins

/// Runs the networks on what requests ask for. Used by one thread.
final class Worker: @unchecked Sendable {
    /// Residues labelled together when several requests share a batch; a long request that is alone gets more.
    private static let shared = 8_192
    private static let alone = 65_536
    /// Points of ink read together.
    private static let points = 8_192

    private let models: ServerModels
    private let limits: ServerLimits
    private let metrics: Metrics

    init(_ models: ServerModels, _ limits: ServerLimits, _ metrics: Metrics) {
        (self.models, self.limits, self.metrics) = (models, limits, metrics)
    }

    func warmUp() { models.warmUp() }

    /// Does some of the work on each of the jobs, and removes those that are done.
    /// - Returns: whether there is more that can be done at once.
    func step(_ jobs: inout [any Job]) -> Bool {
        let waits = open(&jobs)
        let ready = jobs.filter { $0.isOpen && !$0.exchange.isStalled }
        for task in ShippedProteinModel.allCases {
            label(ready.compactMap { $0 as? LabelJob }.filter { $0.request.task == task }, with: task)
        }
        read(ready.compactMap { $0 as? ReadJob })
        jobs.removeAll { $0.isDone }
        return jobs.contains { $0.isOpen ? !$0.exchange.isStalled : !waits }
    }

    /// Reads the bodies of those whose turn it is: what was packed small may be large, so those of few are unpacked at a time.
    /// - Returns: whether some have to wait for others to end.
    private func open(_ jobs: inout [any Job]) -> Bool {
        jobs.removeAll { $0.exchange.isClosed }
        var size = jobs.reduce(0) { $0 + $1.size }
        jobs.removeAll { job in
            if job.isOpen || size > 2 * limits.bodyBytes { return false }
            do throws(Problem) { try job.open(limits) } catch {
                job.exchange.respond(error.response)
                return true
            }
            size += job.size
            return false
        }
        return jobs.contains { !$0.isOpen }
    }

    private func label(_ jobs: [LabelJob], with task: ShippedProteinModel) {
        if jobs.isEmpty { return }
        let share = jobs.count == 1 ? Self.alone : max(1, Self.shared / jobs.count)
        let parts = jobs.map { $0.take(residues: share) }
        let records = parts.flatMap { $0 }
        if !records.isEmpty {
            metrics.noteBatch(records: records.count, residues: records.reduce(0) { $0 + $1.sequence.count })
        }
        let labels = models.model(task).labeller.label(inputs: records.map(\.input), on: models.compute)
        var start = 0
        for (job, part) in zip(jobs, parts) {
            job.answer(part, labels[start..<start + part.count])
            start += part.count
        }
    }

    private func read(_ jobs: [ReadJob]) {
        for (decoding, jobs) in Dictionary(grouping: jobs, by: \.request.decoding) {
            var reader = models.reader
            reader.decoder = decoding.decoder
            let parts = jobs.map { $0.take(points: Self.points / jobs.count) }
            let samples = parts.flatMap { $0 }
            if !samples.isEmpty {
                metrics.noteBatch(records: samples.count, points: samples.reduce(0) { $0 + $1.pointCount })
            }
            let readings = reader.read(samples.map(\.strokes), on: models.compute)
            var start = 0
            for (job, part) in zip(jobs, parts) {
                job.answer(part, readings[start..<start + part.count], models.makerOfTexts)
                start += part.count
            }
        }
    }
}
