import StrandEngine
import StrandNetwork

/// Labelling of chains, as the work of a pipeline.
public struct LabellingWork: RecordWork {
    public let labeller: ProteinLabeller
    public let compute: Compute
    public let states: StateCount
    public let format: PredictionFormat
    /// What is shown for a run of labels, such as the labels in colour; nil: the labels.
    public let paint: (@Sendable (ArraySlice<UInt8>) -> [UInt8])?

    public init(
        labeller: ProteinLabeller, compute: Compute, states: StateCount, format: PredictionFormat,
        paint: (@Sendable (ArraySlice<UInt8>) -> [UInt8])? = nil
    ) {
        self.labeller = labeller
        self.compute = compute
        self.states = states
        self.format = format
        self.paint = paint
    }

    public static let nouns = (record: "record", unit: "residue")

    public func id(of record: FASTARecord) -> [UInt8] { Array(RecordHeader.idBytes(of: record.header)) }

    public func size(of record: FASTARecord) -> Int { record.sequence.count }

    public func results(for records: [FASTARecord]) -> [[UInt8]] {
        let labels = labeller.label(records.map(\.sequence), on: compute)
        return compute.map(records.count) { [format, states, paint] index in
            let prediction = states.prediction(records[index], labels[index], both: format.showsBothCounts)
            return paint.map { format.bytes(of: prediction, paint: $0) } ?? format.bytes(of: prediction)
        }
    }
}

extension StateCount {
    /// The states' letters.
    public var letters: [UInt8] { self == .three ? SecondaryStructure.threeStates : SecondaryStructure.eightStates }

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
