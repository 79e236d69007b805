import StrandEngine
import StrandInk
import StrandNetwork
import StrandProteins

/// Runs the networks on what requests ask for. Used by one thread.
final class Worker: @unchecked Sendable {
    /// Residues labelled together: a request that comes meanwhile waits for them.
    private static let residues = 16_384
    /// Bytes of a body that is read in no time.
    private static let small = 1 << 18
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
        let canOpenMore = open(&jobs)
        let ready = jobs.filter { $0.isOpen && !$0.exchange.isStalled }
        for task in ShippedProteinModel.allCases {
            label(ready.compactMap { $0 as? LabelJob }.filter { $0.request.task == task }, with: task)
        }
        read(ready.compactMap { $0 as? ReadJob })
        let before = jobs.count
        jobs.removeAll { $0.isDone }
        // What has ended may have made room for what waits.
        return canOpenMore || jobs.count < before || jobs.contains { $0.isOpen && !$0.exchange.isStalled }
    }

    /// Reads the bodies of those whose turn it is: of small ones all, of large ones one, so that others wait for no more. What
    /// was packed small may be large: those of few are unpacked at a time.
    /// - Returns: whether there are more to be opened next time.
    private func open(_ jobs: inout [any Job]) -> Bool {
        jobs.removeAll { $0.exchange.isClosed }
        var size = jobs.reduce(0) { $0 + $1.size }
        var (hasOpenedLarge, isMoreLeft) = (false, false)
        jobs.removeAll { job in
            guard let body = job.body, !job.isOpen else { return false }
            let isLarge = body.isPacked || body.bytes.count > Self.small
            if isLarge && hasOpenedLarge {
                isMoreLeft = true
                return false
            }
            if body.isPacked && size > limits.bodyBytes { return false }
            do throws(Problem) { try job.open(limits) } catch {
                job.exchange.respond(error.response)
                return true
            }
            hasOpenedLarge = hasOpenedLarge || isLarge
            size += job.size
            return false
        }
        return isMoreLeft
    }

    private func label(_ jobs: [LabelJob], with task: ShippedProteinModel) {
        if jobs.isEmpty { return }
        let parts = jobs.map { $0.take(residues: Self.residues / jobs.count) }
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
