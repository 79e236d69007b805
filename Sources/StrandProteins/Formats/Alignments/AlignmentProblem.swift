import StrandBytes

/// What is wrong with an alignment or a profile. Columns count letters of a row from 1.
public enum AlignmentProblem: FormatProblem, Equatable {
    /// The input ends without an alignment or a profile.
    case noAlignment
    /// The first bytes match no known format of alignments or profiles.
    case unknownFormat
    /// Chains with labels where rows are expected.
    case labelledFASTA
    /// A row with so many columns where the others have `expected`.
    case raggedRow(columns: Int, expected: Int)
    /// A row without a letter.
    case emptyRow
    /// A character that is neither a residue nor a gap.
    case notAResidue(UInt8, column: Int)
    /// The row that the profile is made for has no residue.
    case emptyQuery
    /// There is no row with this id.
    case missingQuery(String)
    /// Several chains joined to one row.
    case joinedChains
    /// A table of another alphabet than that of the amino acids.
    case otherAlphabet(String)
    /// A row of a table that is not as the format has it.
    case badRow(expected: String)
    /// Numbers of a profile that are negative, not finite, or all 0.
    case badFrequencies(residue: Int)
    /// The alignment has no end, which the format marks.
    case cutAlignment
    /// A profile that is not of the chain with its id, which differs at this residue, from 1.
    case otherChain(profile: UInt8, chain: UInt8, residue: Int)
    /// The profile ends before its last row.
    case cutProfile(rows: Int, expected: Int)

    /// The reader can go on with the next alignment of the file.
    public var isOfRecord: Bool {
        switch self {
        case .noAlignment, .unknownFormat, .labelledFASTA: false
        default: true
        }
    }

    public var description: String {
        switch self {
        case .noAlignment: "no alignment; give \(Self.formats)"
        case .unknownFormat: "no known format of alignments or profiles; give \(Self.formats)"
        case .labelledFASTA: "is labelled FASTA, no alignment; give its profiles in files of their own"
        case .raggedRow(let columns, let expected):
            "a row of \(columns) columns where those before have \(expected); is the file cut, or not an alignment?"
        case .emptyRow: "a row without a letter; remove it"
        case .notAResidue(let byte, let column):
            "\(named(byte)) at column \(column) of a row; only letters, '*', '-' and '.' are accepted"
        case .emptyQuery: "no residue in the row that the profile is made for; put the chain first, or name it"
        case .missingQuery(let id): "no row \(quoted(id)); name one of the alignment's"
        case .joinedChains: "several chains joined to one row, as for complexes; give an alignment a chain"
        case .otherAlphabet(let found): "alphabet \(quoted(found)), not that of the 20 amino acids"
        case .badRow(let expected): "a row of the profile is not \(expected)"
        case .badFrequencies(let residue): "the profile of residue \(residue) has no usable numbers; make it anew"
        case .otherChain(let profile, let chain, let residue):
            "residue \(residue) is \(named(profile)) in the profile and \(named(chain)) in the chain; give the profile of this chain"
        case .cutAlignment: "the alignment has no end ('//'); is the file cut?"
        case .cutProfile(let rows, let expected):
            rows <= expected
                ? "the profile ends after \(grouped(rows)) of \(counted(expected, "residue")); is the file cut?"
                : "a profile of \(counted(rows, "residue")) for a chain of \(grouped(expected)); is it of another chain?"
        }
    }

    private static let formats =
        "A3M, A2M, aligned FASTA, Stockholm, Clustal, HH-suite's .hhm, HMMER's .hmm, PSI-BLAST's ASCII PSSM, "
        + "or a table of 'mmseqs profile2pssm'"
}

extension FormatError.Problem {
    /// A problem of this kind.
    public static func alignment(_ problem: AlignmentProblem) -> Self { Self(problem) }
}
