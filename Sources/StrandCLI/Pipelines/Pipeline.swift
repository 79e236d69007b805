import Glibc
import Strand

/// Work on the records of any number of files into one output: records are gathered into windows of bounded size, worked
/// on together and written in their order.
struct Pipeline<Work: RecordWork>: ~Copyable {
    private var work: Work
    private let options: PipelineOptions
    private var output: RecordOutput
    private var rejects: RejectLog
    private let progress: Progress
    private var repairs = SequenceRepairs()
    private var repeatedIDs = RepeatedIDs()
    /// Sizes of the records written.
    private var size = 0
    /// Records of the input so far, of all shards; of them those of this shard, and those written.
    private var (read, chosen, written) = (0, 0, 0)
    /// Records that could not be read, of all shards.
    private var faulty = 0
    /// Size of the records since the last checkpoint.
    private var sizeAtRisk = 0
    /// Size of the records that are gathered: small at first, so that output starts soon.
    private var windowSize = 2048

    /// - Parameter rejects: where records that are left out are noted; nil: on standard error.
    init(_ work: Work, into output: consuming RecordOutput, options: PipelineOptions, rejects: String?)
        throws(FormatError)
    {
        self.rejects = try RejectLog(path: rejects)
        self.work = work
        self.options = options
        progress = Progress(isBesideOutput: output.isStreamed)
        self.output = output
    }

    /// Works on all records of one file. Those in front of a fault are written before it is thrown.
    /// - Throws: `FormatError`, or `Interrupted` when a signal came: then the window at hand is written.
    mutating func run<Source: RecordSource & ~Copyable>(over source: inout Source) throws
    where Source.Record == Work.Record {
        var window: [Work.Record] = []
        var gathered = 0
        while Interruption.signal == nil {
            let next: Work.Record?
            do { next = try nextRecord(of: &source) } catch {
                try write(window)
                throw error
            }
            guard let record = next else { break }
            let isNear = source.isNextRecordNear(withinMilliseconds: PipelineLimits.patience)
            if isChosen(record, repairs: source.takeRepairs()) {
                gathered += work.size(of: record)
                window.append(record)
            }
            let isFull = gathered >= windowSize
            guard isFull || !isNear, !window.isEmpty else { continue }
            try write(window)
            window = []
            gathered = 0
            if isFull { windowSize = min(2 * windowSize, PipelineLimits.largestWindow) }
        }
        try write(window)
        if let signal = Interruption.signal {
            throw Interrupted(signal: signal, records: written, isResumable: output.isResumable)
        }
    }

    /// The next record that can be read; those that cannot are noted, if they may be left out.
    private mutating func nextRecord<Source: RecordSource & ~Copyable>(
        of source: inout Source
    ) throws(FormatError) -> Work.Record? where Source.Record == Work.Record {
        while true {
            do throws(FormatError) { return try source.next() } catch {
                try leaveOut(error)
            }
            while true {
                do throws(FormatError) {
                    try source.skipRecord()
                    break
                } catch {
                    try leaveOut(error)
                }
            }
        }
    }

    private mutating func leaveOut(_ error: FormatError) throws(FormatError) {
        guard options.onError == .skip, error.problem.isOfRecord else { throw error }
        if options.shard.holds(faulty) { try rejects.note(error) }
        faulty += 1
    }

    /// Whether the record is of this shard and not in the output yet.
    private mutating func isChosen(_ record: Work.Record, repairs: SequenceRepairs) -> Bool {
        repeatedIDs.note(work.id(of: record))
        read += 1
        guard options.shard.holds(read - 1) else { return false }
        self.repairs += repairs
        chosen += 1
        if chosen > output.recordsBefore { return true }
        written += 1
        size += work.size(of: record)
        return false
    }

    private mutating func write(_ window: [Work.Record]) throws(FormatError) {
        for (record, bytes) in zip(window, work.results(for: window)) {
            try output.write(bytes, id: work.id(of: record))
            written += 1
            let recordSize = work.size(of: record)
            size += recordSize
            sizeAtRisk += recordSize
            if sizeAtRisk >= PipelineLimits.sizePerCheckpoint {
                try output.checkpoint(records: written)
                sizeAtRisk = 0
            }
        }
        // A reader at the other end of a pipe sees each window at once; a file appears whole at the end anyway.
        try output.flush()
        progress.update(summary)
    }

    private var summary: String {
        let rate = Int(Double(size) / max(progress.seconds, 1e-3))
        let (record, unit) = Work.nouns
        return "\(counted(written, record)), \(counted(size, unit)), \(grouped(rate)) \(unit)s/s"
    }

    /// Leaves what is whole to a run with `--resume`.
    consuming func suspend() {
        progress.clear()
        output.suspend()
    }

    /// Completes the output, tells what was repaired and left out, and notes the counts in `manifest`.
    /// - Returns: the work, when all is done.
    consuming func finish(_ manifest: inout RunManifest) throws(FormatError) -> Work {
        let (work, repairs, last, showsSummary) = (work, repairs, summary, progress.isShown)
        manifest.records = written
        manifest.symbols = size
        manifest.rejected = rejects.count
        manifest.repeatedIDs = repeatedIDs.count
        manifest.repairs = repairs.isEmpty ? nil : "\(repairs)"
        manifest.resumedAfterRecords = output.recordsBefore
        manifest.seconds = progress.seconds
        manifest.peakMegabytes = peakMegabytes()
        progress.clear()
        try output.finish()
        try rejects.finish()
        if showsSummary { Terminal.message(last) }
        if !repairs.isEmpty { Terminal.message("repaired: \(repairs)") }
        if manifest.repeatedIDs > 0 {
            Terminal.message("\(counted(manifest.repeatedIDs, Work.nouns.record)) with the id of one before: kept")
        }
        if manifest.rejected > 0 {
            Terminal.message("\(counted(manifest.rejected, Work.nouns.record)) left out")
        }
        return work
    }
}

/// The most memory the program has held so far.
private func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss >> 10
}

/// How much a pipeline takes on at a time.
private enum PipelineLimits {
    /// Largest size of the records that are gathered.
    static let largestWindow = 1 << 16
    /// Size of the records between checkpoints.
    static let sizePerCheckpoint = 1 << 16
    /// Milliseconds a window waits for more records: whoever writes them slowly sees each result soon.
    static let patience = 100
}
