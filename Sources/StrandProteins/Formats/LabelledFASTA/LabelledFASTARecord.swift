/// A sequence with one label per residue.
public struct LabelledFASTARecord: Sendable, Equatable {
    /// The header without its `>`, byte for byte.
    public let header: [UInt8]
    /// The residues as letters, in their original case.
    public let sequence: [UInt8]
    /// One label per residue; `-` if there is none.
    public let labels: [UInt8]
    /// What is known of each residue beside its letter; it comes from another file.
    public var features: ChainFeatures?
    /// Whether its source shows that the labels are DSSP's eight, whichever of them occur.
    var showsEightStates = false

    /// Whether its labels, if they are DSSP's, seem to be of three states.
    var mayHaveThreeStates: Bool { !showsEightStates && SecondaryStructure.areThreeStates(labels) }

    /// The chain as a labeller takes it.
    public var input: ChainInput { ChainInput(sequence, features) }

    /// A record; `header` comes without its `>`, with as many `labels` as residues.
    public init(header: [UInt8], sequence: [UInt8], labels: [UInt8]) {
        precondition(sequence.count == labels.count, "\(labels.count) labels for \(sequence.count) residues")
        self.header = header
        self.sequence = sequence
        self.labels = labels
    }

    /// The first word of the header, as UTF-8 or, if that fails, Latin-1. Computed at each call.
    public var id: String { RecordHeader.id(of: header) }
}

extension Collection<LabelledFASTARecord> {
    /// For each chain with labels that may be DSSP's whether they are of three states (H, E, C).
    ///
    /// A chain of eight states may have no other letters, such as a helix with its ends, but hardly a strand, which has turns
    /// or bends beside it: a chain of such letters with E shows that there are chains of three states, and then all of such
    /// letters count as these; so they do if there are no others.
    var threeStateChains: [Bool] {
        let havePlainLetters = map(\.mayHaveThreeStates)
        let areHere = zip(self, havePlainLetters).contains { $1 && $0.labels.contains(UInt8(ascii: "E")) }
        return areHere || havePlainLetters.allSatisfy { $0 }
            ? havePlainLetters : havePlainLetters.map { _ in false }
    }
}

extension [UInt8] {
    /// As many residues without a label.
    var withoutLabels: [UInt8] { map { _ in SecondaryStructure.unlabelled } }
}
