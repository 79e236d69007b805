import Strand
import StrandFormats
import StrandNetwork

/// Labelling of any number of files into one output: records are gathered into windows of bounded size, labelled
/// together and written in their order.
struct LabelRun: ~Copyable {
    private let labeller: ProteinLabeller
    private let compute: Compute
    private let states: LabelCommand.States
    private let format: PredictionFormat
    private let pipeline: PipelineOptions
    private let isPainted: Bool
    private var output: LabelOutput
    private var rejects: RejectLog
    private let progress: Progress
    private var repairs = SequenceRepairs()
    private var repeatedIDs = RepeatedIDs()
    private var residues = 0
    /// Records of the input so far, of all shards; of them those of this shard, and those written.
    private var (read, chosen, written) = (0, 0, 0)
    /// Records that could not be read, of all shards.
    private var faulty = 0
    /// Residues since the last checkpoint.
    private var residuesAtRisk = 0
    /// Residues gathered before labelling: few at first, so that output starts soon.
    private var windowSize = 2048
    private static let largestWindow = 1 << 16
    /// Residues between checkpoints.
    private static let residuesPerCheckpoint = 1 << 16
    /// Milliseconds a window waits for more records: whoever writes them slowly sees each labelled soon.
    private static let patience = 100

    /// - Parameter rejects: where records that are left out are noted; nil: on standard error.
    init(
        labeller: ProteinLabeller, compute: Compute, states: LabelCommand.States, format: PredictionFormat,
        output: consuming LabelOutput, pipeline: PipelineOptions, rejects: String?
    ) throws(FormatError) {
        self.rejects = try RejectLog(path: rejects)
        self.labeller = labeller
        self.compute = compute
        self.states = states
        self.format = format
        self.pipeline = pipeline
        progress = Progress(isBesideOutput: output.isStreamed)
        isPainted = output.isStreamed && Terminal.showsColours
        self.output = output
    }

    /// Labels all records of one file.
    /// - Throws: `FormatError`, or `Interrupted` when a signal came: then the window at hand is written.
    mutating func label(_ source: consuming FASTAReader) throws {
        var reader = source
        var window: [FASTARecord] = []
        var gathered = 0
        while Interruption.signal == nil, let record = try next(&reader) {
            let isNear = reader.isNextRecordNear(withinMilliseconds: Self.patience)
            if isChosen(record) {
                gathered += record.sequence.count
                window.append(record)
            }
            let isFull = gathered >= windowSize
            guard isFull || !isNear, !window.isEmpty else { continue }
            try label(window)
            window = []
            gathered = 0
            if isFull { windowSize = min(2 * windowSize, Self.largestWindow) }
        }
        try label(window)
        repairs += reader.repairs
        if let signal = Interruption.signal {
            throw Interrupted(signal: signal, records: written, isResumable: output.isResumable)
        }
    }

    /// The next record that can be read; those that cannot are noted, if they may be left out.
    private mutating func next(_ reader: inout FASTAReader) throws(FormatError) -> FASTARecord? {
        while true {
            do throws(FormatError) { return try reader.next() } catch {
                try leaveOut(error)
            }
            while true {
                do throws(FormatError) {
                    try reader.skipRecord()
                    break
                } catch {
                    try leaveOut(error)
                }
            }
        }
    }

    private mutating func leaveOut(_ error: FormatError) throws(FormatError) {
        guard pipeline.onError == .skip, error.problem.isOfRecord else { throw error }
        if pipeline.shard.holds(faulty) { try rejects.note(error) }
        faulty += 1
    }

    /// Whether the record is of this shard and not in the output yet.
    private mutating func isChosen(_ record: FASTARecord) -> Bool {
        repeatedIDs.note(record.id)
        read += 1
        guard pipeline.shard.holds(read - 1) else { return false }
        chosen += 1
        if chosen > output.recordsBefore { return true }
        written += 1
        residues += record.sequence.count
        return false
    }

    private mutating func label(_ window: [FASTARecord]) throws(FormatError) {
        let labels = labeller.label(window.map(\.sequence), on: compute)
        let (format, states, isPainted) = (format, states, isPainted)
        let rendered = compute.map(window.count) { index in
            let prediction = states.prediction(window[index], labels[index], both: format.showsBothCounts)
            return isPainted
                ? format.bytes(of: prediction, paint: LabelColours.paint) : format.bytes(of: prediction)
        }
        for (record, bytes) in zip(window, rendered) {
            try output.write(bytes, header: record.header)
            written += 1
            residues += record.sequence.count
            residuesAtRisk += record.sequence.count
            if residuesAtRisk >= Self.residuesPerCheckpoint {
                try output.checkpoint(records: written)
                residuesAtRisk = 0
            }
        }
        // A reader at the other end of a pipe sees each window at once; a file appears whole at the end anyway.
        try output.flush()
        progress.update(summary)
    }

    private var summary: String {
        let rate = Int(Double(residues) / max(progress.seconds, 1e-3))
        return "\(counted(written, "record")), \(counted(residues, "residue")), \(grouped(rate)) residues/s"
    }

    /// Leaves what is whole to a run with `--resume`.
    consuming func suspend() {
        progress.clear()
        output.suspend()
    }

    /// Completes the output, tells what was repaired and left out, and returns the counts.
    consuming func finish(_ manifest: RunManifest) throws(FormatError) -> RunManifest {
        var manifest = manifest
        let (repairs, last, showsSummary) = (repairs, summary, progress.isShown)
        manifest.records = written
        manifest.symbols = residues
        manifest.rejected = rejects.count
        manifest.repeatedIDs = repeatedIDs.count
        manifest.repairs = repairs.isEmpty ? nil : "\(repairs)"
        manifest.resumedAfterRecords = output.recordsBefore
        manifest.seconds = progress.seconds
        progress.clear()
        try output.finish()
        try rejects.finish()
        if showsSummary { Terminal.message(last) }
        if !repairs.isEmpty { Terminal.message("repaired: \(repairs)") }
        if manifest.repeatedIDs > 0 {
            Terminal.message("\(counted(manifest.repeatedIDs, "record")) with the id of one before: kept")
        }
        if manifest.rejected > 0 { Terminal.message("\(counted(manifest.rejected, "record")) left out") }
        return manifest
    }
}

extension PipelineOptions {
    /// Where rejects go beside an output; nil: to standard error.
    func rejectPath(beside destination: ByteDestination) -> String? {
        guard onError == .skip else { return nil }
        if let rejects { return rejects == "-" ? nil : rejects }
        guard case .file(let path) = destination else { return nil }
        return path + ".rejects.tsv"
    }
}

extension LabelCommand.States {
    /// The states' letters.
    var letters: [UInt8] { self == .three ? SecondaryStructure.threeStates : SecondaryStructure.eightStates }

    private var other: Self { self == .three ? .eight : .three }

    /// - Parameter both: whether the other number of states is wanted too.
    fileprivate func prediction(_ record: FASTARecord, _ labels: ProteinLabels, both: Bool) -> PredictionRecord {
        PredictionRecord(
            header: record.header, sequence: record.sequence, main: labelling(labels),
            other: both ? other.labelling(labels) : nil)
    }

    private func labelling(_ labels: ProteinLabels) -> StateLabels {
        StateLabels(
            labels: self == .three ? labels.threeState : labels.eightState, states: letters,
            probabilities: self == .three ? labels.threeStateProbabilities : labels.eightStateProbabilities)
    }
}
