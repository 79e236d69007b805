import StrandBytes
import StrandEngine

/// A sequence with labels and probabilities from Strand's own model, to be written in any `PredictionFormat`.
///
/// Predictions that come from a file, of any program, are `LabelledChain`: they may lack residues and probabilities.
public struct PredictionRecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public let header: [UInt8]
    /// The residues as letters, in their original case.
    public let sequence: [UInt8]
    /// The labels shown by most formats.
    public let main: StateLabels
    /// The same residues with another number of states, for formats that show both; nil: no such format is written.
    public let other: StateLabels?
    /// How deep the profile was that the labels come from; nil: the model sees none.
    public let depth: ProfileDepth?
    /// What made the labels; nil: unknown.
    public let maker: PredictionMaker?

    /// A record with one label per residue.
    public init(
        header: [UInt8], sequence: [UInt8], main: StateLabels, other: StateLabels? = nil, depth: ProfileDepth? = nil,
        maker: PredictionMaker? = nil
    ) {
        precondition(main.labels.count == sequence.count && (other?.labels.count ?? sequence.count) == sequence.count)
        self.header = header
        self.sequence = sequence
        self.main = main
        self.other = other
        self.depth = depth
        self.maker = maker
    }

    /// A record with labels of one kind.
    public init(header: [UInt8], sequence: [UInt8], labels: [UInt8], states: [UInt8], probabilities: [Float]) {
        self.init(
            header: header, sequence: sequence,
            main: StateLabels(labels: labels, states: states, probabilities: probabilities))
    }

    /// One label per residue.
    public var labels: [UInt8] { main.labels }
    /// The K possible labels, one letter each.
    public var states: [UInt8] { main.states }
    /// (T, K): probability of each state at each residue, row-major.
    public var probabilities: [Float] { main.probabilities }

    /// The first word of the header, as UTF-8 or, if that fails, Latin-1. Computed at each call.
    public var id: String { RecordHeader.id(of: header) }

    /// The first word of the header, byte for byte.
    var idBytes: ArraySlice<UInt8> { RecordHeader.idBytes(of: header) }

    /// The header after its first word, without blanks around it.
    var description: ArraySlice<UInt8> { header[idBytes.endIndex...].withoutOuterBlanks }

    /// The labels with this number of states; it must be present.
    func labelling(of count: StateCount) -> StateLabels {
        let found = [main, other].compactMap { $0 }.first { $0.states.count == count.rawValue }
        guard let found else { preconditionFailure("no labels of \(count.rawValue) states") }
        return found
    }
}
