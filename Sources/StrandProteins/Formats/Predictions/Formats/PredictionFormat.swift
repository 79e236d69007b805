import StrandEngine

/// A format to write predictions in (`ChainFormat` is for reading). Each record becomes bytes on its own, so
/// that many can be made at the same time.
///
/// Headers and ids are written byte for byte in their original encoding; if a format cannot hold them, its case says
/// what is written instead.
public enum PredictionFormat: String, Sendable, CaseIterable {
    /// Labelled FASTA: header, sequence, labels.
    case fasta
    /// For people: header, then sequence over labels, 60 residues per line.
    case blocks
    /// One row per residue: id, position from 1, residue, state, a probability for each state; of a model that sees
    /// profiles, the profile's depth and Neff too.
    case tsv
    /// One row per record: id, length, the share of each label, the mean probability of the labels, the number of runs; of a
    /// model that sees profiles, the profile's depth and Neff too.
    case summary
    /// One JSON object per line and record: id, header, sequence, labels, depth and Neff of a profile, probabilities by
    /// state, all as UTF-8.
    case jsonl
    /// PSIPRED's vertical format, each record with a line `# >header`: one row per residue with the probabilities of
    /// coil, helix, strand. Three states.
    case ss2
    /// PSIPRED's horizontal format, each record with a line `# >header`: confidences, labels, residues and a ruler per
    /// 60 residues. Three states.
    case horiz
    /// The table of NetSurfP 2 and 3: one row per residue with three and eight states. Columns of unpredicted values
    /// are empty, so that the others stand where programs look for them.
    case netsurfp
    /// GFF3: a feature for each helix, strand and turn that has a term in the Sequence Ontology. Ids are
    /// percent-encoded.
    case gff3
    /// BED6: an interval for each run of a state, coil too.
    case bed
    /// Stockholm 1.0: an alignment of one sequence for each record, with its labels as `SS`.
    case stockholm
    /// Annotations that Jalview shows on an alignment of the sequences: helices and strands, and the confidence. Three
    /// states.
    case jalview
    /// Features that Jalview shows on sequences of these names: a row for each run of a label but coil. The score is the
    /// mean probability of the label over the run.
    case jalviewFeatures = "jalview-features"

    /// The numbers of states it can show.
    public var stateCounts: [StateCount] {
        switch self {
        case .ss2, .horiz, .jalview: [.three]
        default: StateCount.allCases
        }
    }

    /// Whether it can show labels other than DSSP's.
    public var showsAnyLabels: Bool {
        switch self {
        case .ss2, .horiz, .jalview, .netsurfp: false
        case .fasta, .blocks, .tsv, .summary, .jsonl, .gff3, .bed, .stockholm, .jalviewFeatures: true
        }
    }

    /// Whether it shows three and eight states together: a record must have both.
    public var showsBothCounts: Bool { self == .netsurfp }

    /// Whether its bytes show where a record ends, so that shards can be merged: see `PredictionPieces`.
    public var isMergeable: Bool { self != .bed && self != .jalviewFeatures }

    /// The usual file extension, with its dot.
    public var fileSuffix: String {
        switch self {
        case .fasta: ".ssfa"
        case .blocks: ".txt"
        case .netsurfp: ".csv"
        case .stockholm: ".sto"
        case .summary: ".summary.tsv"
        case .jalviewFeatures: ".features"
        case .tsv, .jsonl, .ss2, .horiz, .gff3, .bed, .jalview: ".\(rawValue)"
        }
    }

    /// The text before the first record of a file.
    /// - Parameters:
    ///   - states: the K possible labels, one letter each.
    ///   - showsDepth: whether records have the depth of their profile.
    ///   - maker: what makes the labels, named where the format has comments.
    public func preamble(states: [UInt8], showsDepth: Bool = false, maker: PredictionMaker? = nil) -> [UInt8] {
        let comment = maker.map { "# \($0.text)\n" } ?? ""
        return switch self {
        case .tsv: Self.tableHeader(states: states, showsDepth: showsDepth)
        case .summary: Self.summaryHeader(states: states, showsDepth: showsDepth)
        case .netsurfp: Self.netsurfpHeader
        case .gff3: Array("##gff-version 3\n\(comment)".utf8)
        case .jalview: Array("JALVIEW_ANNOTATION\n\(comment)".utf8)
        case .bed: Array(comment.utf8)
        case .jalviewFeatures: Self.featureColours(states: states)
        case .fasta, .blocks, .jsonl, .ss2, .horiz, .stockholm: []
        }
    }

    /// One record, labelled with a number of states that the format can show.
    /// - Parameter paint: what `fasta` and `blocks` show for a run of labels, such as the labels in colour.
    public func bytes(
        of record: PredictionRecord, paint: (ArraySlice<UInt8>) -> [UInt8] = { Array($0) }
    ) -> [UInt8] {
        switch self {
        case .fasta: Self.fasta(record, paint)
        case .blocks: Self.blocks(record, paint)
        case .tsv: Self.table(record)
        case .summary: Self.summary(record)
        case .jsonl: Self.jsonLine(record)
        case .ss2: Self.vertical(record)
        case .horiz: Self.horizontal(record)
        case .netsurfp: Self.netsurfp(record)
        case .gff3: Self.gff3(record)
        case .bed: Self.bed(record)
        case .stockholm: Self.stockholm(record)
        case .jalview: Self.jalview(record)
        case .jalviewFeatures: Self.jalviewFeatures(record)
        }
    }
}
