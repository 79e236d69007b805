import StrandBytes

/// What is wrong with chains, their labels or predictions. Columns count bytes of the line from 1; characters are bytes as they came.
public enum ChainProblem: FormatProblem, Equatable {
    /// The input ends without a single record.
    case noRecords
    /// A header without a sequence.
    case emptyRecord
    /// Text before the first `>`; the character is the line's first.
    case missingHeader(found: UInt8)
    /// A line that starts with this character follows a complete labelled record.
    case extraLine(found: UInt8, length: Int)
    /// A line as long as the labels follows them.
    case fourthLine
    /// A line that starts with `;`.
    case commentLine
    /// A space or tab before the end of its line.
    case innerBlank(column: Int)
    /// A digit or punctuation mark in a sequence.
    case notALetter(UInt8, column: Int)
    /// An alignment gap in a sequence; `isRemovable` if the reader offers to remove gaps.
    case gap(UInt8, column: Int, isRemovable: Bool)
    /// A labelled record without its third line.
    case missingLabels
    /// The label line is shorter or longer than the sequence.
    case labelCount(labels: Int, residues: Int)
    /// No residue of the whole file has a label.
    case noLabels(to: String = "measure")
    /// A prediction for a chain of another length.
    case otherLength(predicted: Int, residues: Int)
    /// A prediction for a chain of another sequence.
    case otherSequence(predicted: UInt8, truth: UInt8, column: Int)
    /// A file to merge that is not an output of `label` with recognisable records.
    case unknownPieces
    /// A label outside the accepted alphabet.
    case unknownLabel(UInt8, column: Int, accepted: [UInt8])
    /// Letters that cannot be a model's labels.
    case notALabelSet
    /// The first bytes match no known format of chains with labels.
    case unknownChains
    /// The input ends without a single chain.
    case noChains
    /// A folder without any file of chains.
    case noFilesOfChains
    /// An output that ends inside a record.
    case cutPiece
    /// A record of labelled FASTA among sequences.
    case labelsAmongSequences
    /// FASTA where chains with labels are needed.
    case unlabelled
    /// A JSON object lacks this member; those found.
    case missingMember(String, found: [String])
    /// No chain of the truth has a prediction: examples of the ids on both sides.
    case noChainMatched(truth: String, predicted: String)
    /// A prediction without residues.
    case emptyPrediction
    /// A file holds several predictions and this one names no chain.
    case unnamedPrediction
    /// A state with more or fewer probabilities than there are labels.
    case probabilityCount(Int, state: UInt8, labels: Int)
    /// A prediction without residues where they are needed.
    case missingSequence
    /// A structure without polypeptide residues.
    case noResidues
    /// A structure without DSSP states.
    case noDSSP

    public var isOfRecord: Bool {
        switch self {
        case .noRecords, .emptyRecord, .missingHeader, .extraLine, .fourthLine, .commentLine, .innerBlank, .notALetter,
            .gap, .missingLabels, .labelCount, .unknownLabel:
            true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .noRecords: "no records; a '>' header and a sequence are expected"
        case .emptyRecord: "header without a sequence; add the sequence or remove the record"
        case .missingHeader(let byte): "\(named(byte)) before the first '>' header; is this FASTA?"
        case .fourthLine:
            "a fourth line as long as the labels, such as a mask; a labelled record has three: header, sequence, labels"
        case .extraLine(let byte, _): "\(named(byte)) where a '>' header is expected; \(plainFASTAHint)"
        case .commentLine: "comment line (';'); remove it"
        case .innerBlank(let column): "blank at column \(column); remove it"
        case .notALetter(let byte, let column):
            "\(named(byte)) at column \(column) of the sequence; only letters and '*' are accepted"
        case .gap(let byte, let column, isRemovable: true):
            "gap \(named(byte)) at column \(column) of the sequence"
        case .gap(let byte, let column, isRemovable: false):
            "gap \(named(byte)) at column \(column) of the sequence; remove it and its label"
        case .missingLabels: "no label line; \(plainFASTAHint)"
        case .labelCount(let labels, let residues):
            "\(counted(labels, "label")) for \(counted(residues, "residue")); give one label a residue, '-' where there is none"
        case .noLabels(let purpose): "no residue has a label; there is nothing to \(purpose)"
        case .otherLength(let predicted, let residues):
            "\(counted(predicted, "residue")) predicted, \(grouped(residues)) in the true chain; predict the same chain"
        case .otherSequence(let predicted, let truth, let column):
            "residue \(column) is '\(Unicode.Scalar(predicted))' here and '\(Unicode.Scalar(truth))' in the true chain; "
                + "predict the same chain"
        case .unknownPieces:
            "no output whose records can be told apart; give shards, not BED or plain text"
        case .unknownLabel(let byte, let column, let accepted):
            "label \(named(byte)) at column \(column) is not one of \(String(decoding: accepted, as: UTF8.self)); "
                + (SecondaryStructure.eightStates.contains(byte) ? "give chains with these labels" : plainFASTAHint)
        case .notALabelSet: "the labels are not 2 to 32 different letters; is this labelled FASTA?"
        case .unknownChains: "no known format of chains with labels; give \(formats)"
        case .noChains: "no chains; give \(formats)"
        case .noFilesOfChains: "no file of chains with labels in this folder; put some there: \(formats)"
        case .cutPiece: "the output ends inside a record; make it anew"
        case .labelsAmongSequences:
            "the second line looks like labels of the first, and the records before have none; put labelled FASTA into a file "
                + "of its own"
        case .unlabelled:
            "is FASTA without labels; a labelled record has three lines: header, sequence, labels"
        case .missingMember(let name, let found):
            "no member \"\(name)\" among \(found.isEmpty ? "none" : quoted(found.joined(separator: ", "))); "
                + "an object has \"id\", \"labels\" and best \"sequence\""
        case .noChainMatched(let truth, let predicted):
            "no chain of the truth is among the predictions: ids there are such as \(quoted(truth)), here such as "
                + "\(quoted(predicted)); give the same chains the same ids"
        case .emptyPrediction: "a prediction without residues; remove it"
        case .unnamedPrediction:
            "a second prediction that names no chain; put a line '# >header' under this one, or give a file each"
        case .probabilityCount(let count, let state, let labels):
            "\(count) probabilities of \(named(state)) for \(labels) labels; give one a residue"
        case .missingSequence: "no residues beside the labels; give a format that has them"
        case .noResidues: "no residues of a protein; is it the right file?"
        case .noDSSP: "no states of DSSP; add them with 'mkdssp --output-format mmcif IN OUT'"
        }
    }

    private var plainFASTAHint: String { "is this plain FASTA? a labelled record has three lines" }

    private var formats: String {
        "labelled FASTA, Strand's tsv or jsonl, PSIPRED's .ss2 or .horiz, NetSurfP's CSV, a table of sequences and "
            + "labels, DSSP's own format or mmCIF"
    }
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func chain(_ problem: ChainProblem) -> Self { Self(problem) }
}
