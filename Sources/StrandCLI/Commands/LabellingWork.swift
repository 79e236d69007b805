import Strand

/// Labelling of chains, as the work of a pipeline.
struct LabellingWork: RecordWork {
    let labeller: ProteinLabeller
    let compute: Compute
    let states: LabelCommand.States
    let format: PredictionFormat
    /// Whether labels are in colour.
    let isPainted: Bool

    static let nouns = (record: "record", unit: "residue")

    func id(of record: FASTARecord) -> [UInt8] { Array(RecordHeader.idBytes(of: record.header)) }

    func size(of record: FASTARecord) -> Int { record.sequence.count }

    func results(for records: [FASTARecord]) -> [[UInt8]] {
        let labels = labeller.label(records.map(\.sequence), on: compute)
        return compute.map(records.count) { [format, states, isPainted] index in
            let prediction = states.prediction(records[index], labels[index], both: format.showsBothCounts)
            return isPainted
                ? format.bytes(of: prediction, paint: LabelColours.paint) : format.bytes(of: prediction)
        }
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
