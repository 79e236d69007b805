import StrandEngine
import StrandNetwork

/// Labels chains, as the work of a pipeline.
public struct LabellingWork: RecordWork {
    public let labeller: ProteinLabeller
    public let compute: Compute
    /// Number of states to distinguish if the labels are DSSP's.
    public let states: StateCount
    public let format: PredictionFormat
    /// How to show a run of labels, such as the labels in colour; nil: as they are.
    public let paint: (@Sendable (ArraySlice<UInt8>) -> [UInt8])?
    /// What makes the profiles of records that come without; nil: nothing.
    public let search: RelativeSearch?
    /// What outputs name as the maker of their labels.
    public let maker: PredictionMaker?
    /// The page that shows the labelled chains; nil: not wanted.
    public var page: ProteomePage?
    /// The depths of the profiles so far, if the model sees profiles.
    public private(set) var depths: ProfileDepths?

    public init(
        labeller: ProteinLabeller, compute: Compute, states: StateCount, format: PredictionFormat,
        paint: (@Sendable (ArraySlice<UInt8>) -> [UInt8])? = nil, search: RelativeSearch? = nil,
        maker: PredictionMaker? = nil
    ) {
        self.labeller = labeller
        self.compute = compute
        self.states = states
        self.format = format
        self.paint = paint
        self.search = search
        self.maker = maker
        depths = labeller.beside == .profile ? ProfileDepths() : nil
    }

    public static let nouns = (record: "record", unit: "residue")

    public func id(of record: FASTARecord) -> [UInt8] { Array(RecordHeader.idBytes(of: record.header)) }

    public func size(of record: FASTARecord) -> Int { record.sequence.count }

    /// A search takes long to begin, for few records and for many.
    public var window: ClosedRange<Int> {
        search == nil ? Self.usualWindow : RelativeSearch.residuesAtOnce...RelativeSearch.residuesAtOnce
    }

    public func complete(_ manifest: inout RunManifest) { manifest.profiles = depths?.summary }

    /// - Throws: what `RelativeSearch` throws.
    public mutating func results(for records: [FASTARecord]) throws -> [[UInt8]] {
        var records = records
        if let search {
            for (index, profile) in try search.profiles(of: records.map(\.sequence)).enumerated() {
                records[index].features = profile.map { .profile($0) }
            }
        }
        return results(of: records)
    }

    private mutating func results(of records: [FASTARecord]) -> [[UInt8]] {
        let labels = labeller.label(inputs: records.map(\.input), on: compute)
        let predictions = predictions(of: records, labels[...])
        for prediction in predictions {
            if let depth = prediction.depth { depths?.note(depth) }
            page?.add(prediction)
        }
        let (format, paint) = (format, paint)
        return compute.map(records.count) { index in
            paint.map { format.bytes(of: predictions[index], paint: $0) } ?? format.bytes(of: predictions[index])
        }
    }

    /// What is written of records with these labels, one for each.
    package func predictions(
        of records: [FASTARecord], _ labels: ArraySlice<ProteinLabels>
    ) -> [PredictionRecord] {
        let (states, both, maker) = (labeller.labels.isDSSP ? states : nil, format.showsBothCounts, maker)
        let showsDepth = labeller.beside == .profile
        return compute.map(records.count) { index in
            PredictionRecord(
                records[index], labels[labels.startIndex + index], states, both: both,
                showsDepth ? ProfileDepth(records[index].features) : nil, maker)
        }
    }

    /// What is written before the first record.
    package var preamble: [UInt8] {
        format.preamble(
            states: labeller.labels.isDSSP ? states.letters : labeller.labels.letters,
            showsDepth: labeller.beside == .profile, maker: maker)
    }
}

extension StateCount {
    /// The states' letters.
    public var letters: [UInt8] { self == .three ? SecondaryStructure.threeStates : SecondaryStructure.eightStates }

    fileprivate var other: Self { self == .three ? .eight : .three }
}

extension ProteinLabels {
    /// The labels with this number of states; nil: as they are.
    fileprivate func labelling(_ states: StateCount?) -> StateLabels {
        guard states == .three else { return stateLabels }
        let (labels, probabilities) = reduced(by: .hgiEB)
        return StateLabels(labels: labels, states: SecondaryStructure.threeStates, probabilities: probabilities)
    }
}

extension PredictionRecord {
    /// - Parameters:
    ///   - states: number of states to distinguish; nil if the labels are not DSSP's.
    ///   - both: whether the other number of states is wanted too.
    ///   - depth: how deep the profile is, if the model sees profiles.
    ///   - maker: what makes the labels.
    fileprivate init(
        _ record: FASTARecord, _ labels: ProteinLabels, _ states: StateCount?, both: Bool, _ depth: ProfileDepth?,
        _ maker: PredictionMaker?
    ) {
        self.init(
            header: record.header, sequence: record.sequence, main: labels.labelling(states),
            other: both ? states.map { labels.labelling($0.other) } : nil, depth: depth, maker: maker)
    }
}
