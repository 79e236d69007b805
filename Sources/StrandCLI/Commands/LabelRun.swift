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
    private let isPainted: Bool
    private var output: LabelOutput
    private let progress: Progress
    private var repairs = SequenceRepairs()
    private var residues = 0
    private var records = 0
    /// Residues gathered before labelling: few at first, so that output starts soon.
    private var windowSize = 2048
    private static let largestWindow = 1 << 16
    /// Milliseconds a window waits for more records: whoever writes them slowly sees each labelled soon.
    private static let patience = 100

    init(
        labeller: ProteinLabeller, compute: Compute, states: LabelCommand.States, format: PredictionFormat,
        output: consuming LabelOutput
    ) {
        self.labeller = labeller
        self.compute = compute
        self.states = states
        self.format = format
        progress = Progress(isBesideOutput: output.isStreamed)
        isPainted = output.isStreamed && Terminal.showsColours
        self.output = output
    }

    /// Labels all records of one file.
    mutating func label(_ source: consuming FASTAReader) throws(FormatError) {
        var reader = source
        var window: [FASTARecord] = []
        var gathered = 0
        while let record = try reader.next() {
            gathered += record.sequence.count
            window.append(record)
            let isFull = gathered >= windowSize
            if isFull || !reader.isNextRecordNear(withinMilliseconds: Self.patience) {
                try label(window)
                window = []
                gathered = 0
                if isFull { windowSize = min(2 * windowSize, Self.largestWindow) }
            }
        }
        try label(window)
        repairs += reader.repairs
    }

    private mutating func label(_ window: [FASTARecord]) throws(FormatError) {
        let labels = labeller.label(window.map(\.sequence), on: compute)
        let (format, states, isPainted) = (format, states, isPainted)
        let rendered = compute.map(window.count) { index in
            let prediction = states.prediction(window[index], labels[index], both: format.showsBothCounts)
            return isPainted
                ? format.bytes(of: prediction, paint: LabelColours.paint) : format.bytes(of: prediction)
        }
        for (bytes, record) in zip(rendered, window) { try output.write(bytes, header: record.header) }
        // A reader at the other end of a pipe sees each window at once; a file appears whole at the end anyway.
        try output.flush()
        records += window.count
        residues += window.reduce(0) { $0 + $1.sequence.count }
        progress.update(summary)
    }

    private var summary: String {
        let rate = Int(Double(residues) / max(progress.seconds, 1e-3))
        return "\(counted(records, "record")), \(counted(residues, "residue")), \(grouped(rate)) residues/s"
    }

    /// Completes the output and tells what was repaired.
    consuming func finish() throws(FormatError) {
        let (repairs, last, showsSummary) = (repairs, summary, progress.isShown)
        progress.clear()
        try output.finish()
        if showsSummary { Terminal.message(last) }
        if !repairs.isEmpty { Terminal.message("repaired: \(repairs)") }
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
