import StrandBytes

/// Processes the records of any number of files into one output: gathers records into windows of bounded size,
/// processes each window together and writes the results in order.
public struct Pipeline<Work: RecordWork, Repairs: RecordRepairs>: ~Copyable {
    private var work: Work
    private let settings: PipelineSettings
    private let stop: StopFlag
    private let meter: InputMeter
    private let observer: any RunObserver
    private var output: RecordOutput
    private var rejects: RejectLog
    /// Restarted when the records of an earlier run are passed.
    private var stopwatch = Stopwatch()
    private var repairs = Repairs()
    private var repeatedIDs = RepeatedIDs()
    /// Total size of the records written, and that of an earlier run's among them.
    private var (size, sizeBefore) = (0, 0)
    /// Records of the input so far, of all shards, and those written.
    private var (read, written) = (0, 0)
    /// Records that could not be read, of all shards.
    private var faulty = 0
    private var hasSeveralFiles = false
    /// Total size of the records since the last checkpoint.
    private var sizeAtRisk = 0
    /// Size at which a window is full.
    private var windowSize: Int

    private init(
        _ work: Work, into output: consuming RecordOutput, _ settings: PipelineSettings, meter: InputMeter,
        stop: StopFlag, observer: any RunObserver
    ) throws(FormatError) {
        rejects = try RejectLog(path: settings.rejectPath(beside: output.destination), observer: observer)
        self.work = work
        windowSize = work.window.lowerBound
        self.settings = settings
        self.meter = meter
        self.stop = stop
        self.observer = observer
        if output.isDamaged {
            let kept = output.recordsInFile
            observer.message(
                "\(output.destination.name): what an interrupted run left is damaged, "
                    + (kept > 0 ? "going on after \(counted(kept, Work.nouns.record))" : "starting anew"))
        }
        self.output = output
    }

    /// Runs `work` over all records of `files`, from the first to the last, into `output`.
    ///
    /// - Parameters:
    ///   - meter: watches what is read of the files; it hashes if there is a manifest.
    ///   - manifest: what is known of the run beforehand; completed here.
    ///   - modelSHA256: the hash of the model, computed only if needed.
    ///   - open: makes the reader of a file's bytes.
    /// - Returns: the work, after the last record.
    /// - Throws: `FormatError`, or `Interrupted` if `stop` was raised.
    public static func run<Reader: RecordReader & ~Copyable>(
        _ work: Work, over files: [String], into output: consuming RecordOutput, _ settings: PipelineSettings,
        meter: InputMeter, stop: StopFlag, observer: any RunObserver, manifest: inout RunManifest,
        modelSHA256: @autoclosure () -> String, open: (consuming ByteReader) throws(FormatError) -> Reader
    ) throws -> Work where Reader.Record == Work.Record, Reader.Repairs == Repairs {
        let manifests = settings.manifests(beside: output.destination)
        var pipeline = try Pipeline(work, into: output, settings, meter: meter, stop: stop, observer: observer)
        pipeline.hasSeveralFiles = files.count > 1
        do {
            for file in files {
                var reader = try open(meter.reader(of: file))
                try pipeline.run(over: &reader)
            }
        } catch let error as Interrupted {
            throw try pipeline.suspend(error)
        } catch let error as WorkFailed {
            throw WorkFailed(error.reason, recordsKept: try pipeline.suspend())
        }
        let work = try pipeline.finish(&manifest)
        work.complete(&manifest)
        if let multiqc = settings.multiqc {
            try manifest.writeForMultiQC(to: multiqc, sample: settings.sample(of: files), unit: Work.nouns.unit)
        }
        if !manifests.isEmpty {
            manifest.modelSHA256 = modelSHA256()
            manifest.inputs = zip(files, meter.hashes).map { RunManifest.Input(file: $0, sha256: $1) }
            for path in manifests { try manifest.write(to: path) }
        }
        return work
    }

    /// Processes all records of one file. Records before a fault are written before it is thrown.
    /// - Throws: `FormatError`, or `Interrupted` after writing the current window.
    private mutating func run<Source: RecordReader & ~Copyable>(over source: inout Source) throws
    where Source.Record == Work.Record, Source.Repairs == Repairs {
        var window: [Work.Record] = []
        var gathered = 0
        while stop.raised == nil {
            let next: Work.Record?
            do throws(FormatError) {
                next = try source.next { error throws(FormatError) in try leaveOut(error) }
            } catch {
                try write(window)
                window = []
                guard error.problem == .file(.stopped), stop.raised != nil else { throw error }
                break
            }
            guard let record = next else { break }
            let isNear = source.isNextRecordNear(withinMilliseconds: PipelineLimits.patience)
            if try admit(record, repairs: source.takeRepairs()) {
                gathered += work.size(of: record)
                window.append(record)
            }
            let isFull = gathered >= windowSize
            guard isFull || !isNear, !window.isEmpty else { continue }
            try write(window)
            window = []
            gathered = 0
            if isFull { windowSize = min(2 * windowSize, work.window.upperBound) }
        }
        try write(window)
        if let signal = stop.raised { throw interruption(by: signal) }
    }

    /// Logs what cannot be read, if it may be left out.
    private mutating func leaveOut(_ error: FormatError) throws(FormatError) {
        guard settings.onError == .skip, error.mayBeLeftOut(amongSeveralFiles: hasSeveralFiles) else { throw error }
        if settings.shard.holds(faulty) { try rejects.note(error) }
        faulty += 1
    }

    /// Counts a record that was read. Returns whether it must be processed: it is in this shard and not in the output
    /// yet.
    private mutating func admit(_ record: Work.Record, repairs: Repairs) throws(FormatError) -> Bool {
        let id = work.id(of: record)
        repeatedIDs.note(id)
        read += 1
        guard settings.shard.holds(read - 1) else { return false }
        self.repairs += repairs
        if try !output.holdsNext(id: id) { return true }
        written += 1
        size += work.size(of: record)
        sizeBefore = size
        stopwatch = Stopwatch()
        meter.restart()
        return false
    }

    /// - Throws: `WorkFailed`, or `Interrupted` where the work failed because it was stopped.
    private mutating func results(for window: [Work.Record]) throws -> [[UInt8]] {
        do { return try work.results(for: window) } catch {
            if let signal = stop.raised { throw interruption(by: signal) }
            throw WorkFailed(error)
        }
    }

    private func interruption(by signal: Int32) -> Interrupted {
        let place = "stopped after \(counted(written, Work.nouns.record))"
        return Interrupted(reason: signal, description: place, isResumable: false)
    }

    private mutating func write(_ window: [Work.Record]) throws {
        for (record, bytes) in zip(window, try results(for: window)) {
            try output.write(bytes)
            written += 1
            let recordSize = work.size(of: record)
            size += recordSize
            sizeAtRisk += recordSize
            if sizeAtRisk >= PipelineLimits.sizePerCheckpoint {
                try output.checkpoint(records: written)
                sizeAtRisk = 0
            }
        }
        try output.flush()
        observer.progress(summary)
    }

    private var summary: String {
        let rate = Int(Double(size - sizeBefore) / max(stopwatch.seconds, 1e-3))
        let (record, unit) = Work.nouns
        return "\(counted(written, record)), \(counted(size, unit)), \(grouped(rate)) \(unit)s/s"
    }

    /// Leaves complete records for a run that resumes this one, and tells what this one ends with.
    private consuming func suspend(_ error: Interrupted) throws(FormatError) -> Interrupted {
        let (written, isStreamed) = (written, output.isStreamed)
        let kept = try suspend()
        let share = kept == 0 ? "none" : grouped(kept)
        let description = "\(error)" + (kept == written || isStreamed ? "" : ", \(share) of them kept")
        return Interrupted(reason: error.reason, description: description, isResumable: kept > 0)
    }

    private consuming func suspend() throws(FormatError) -> Int {
        let written = written
        observer.done()
        return try output.suspend(records: written)
    }

    /// Completes the output, reports what was repaired and left out, and writes the counts to `manifest`.
    /// - Returns: the work, after the last record.
    private consuming func finish(_ manifest: inout RunManifest) throws(FormatError) -> Work {
        let (work, repairs, last, observer) = (work, repairs, summary, observer)
        let rejected = rejects.summary(Work.nouns.record)
        manifest.records = written
        manifest.symbols = size
        manifest.rejected = rejects.count
        manifest.repeatedIDs = repeatedIDs.count
        manifest.repairs = repairs.isEmpty ? nil : "\(repairs)"
        let (before, isOfUnknownRun) = (output.recordsBefore, output.isOfUnknownRun)
        manifest.resumedAfterRecords = before
        manifest.seconds = stopwatch.seconds
        manifest.peakMegabytes = peakMegabytes()
        do throws(FormatError) { manifest.outputSHA256 = try output.finish() } catch {
            observer.done()
            throw error
        }
        try rejects.finish()
        observer.done(last)
        if before > 0 {
            let doubt = isOfUnknownRun ? ", though nothing tells what that run was given" : ""
            observer.message("\(counted(before, Work.nouns.record)) of an earlier run kept\(doubt)")
        }
        if !repairs.isEmpty { observer.message("repaired: \(repairs)") }
        for warning in repairs.warnings { observer.message("warning: \(warning)") }
        if manifest.repeatedIDs > 0 {
            observer.message("\(counted(manifest.repeatedIDs, Work.nouns.record)) with the id of one before: kept")
        }
        if manifest.rejected > 0 {
            observer.message("\(rejected) left out")
        }
        return work
    }
}
