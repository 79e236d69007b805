import StrandBytes

/// A format of chains that can be read (`PredictionFormat` is for writing).
public enum ChainFormat: String, Sendable, CaseIterable {
    /// Sequences without labels.
    case fasta
    /// Three lines per record: header, sequence, labels.
    case labelledFASTA
    /// One row per residue, as `PredictionFormat.tsv` writes it, or with the same columns and commas or semicolons.
    case tsv
    /// One JSON object per line and record, as `PredictionFormat.jsonl` writes it.
    case jsonl
    /// PSIPRED's vertical format, one row per residue.
    case ss2
    /// PSIPRED's horizontal format, blocks of lines.
    case horiz
    /// The table of NetSurfP 2 and 3, one row per residue.
    case netsurfp
    /// A table with one row per chain, whose columns name the sequence and its labels.
    case table
    /// DSSP's own fixed columns; see `DSSPReader`.
    case dssp
    /// mmCIF with DSSP states; see `MMCIFReader`.
    case mmcif

    /// What a file in the format is.
    public var name: String {
        switch self {
        case .fasta: "FASTA"
        case .labelledFASTA: "labelled FASTA"
        case .tsv: "Strand's table of labels"
        case .jsonl: "JSON Lines of labels"
        case .ss2: "PSIPRED's .ss2"
        case .horiz: "PSIPRED's .horiz"
        case .netsurfp: "NetSurfP's table"
        case .table: "a table of sequences and labels"
        case .dssp: "DSSP's own format"
        case .mmcif: "mmCIF"
        }
    }

    /// The start of a block in PSIPRED's formats; empty for others.
    var mark: [UInt8] {
        switch self {
        case .ss2: Array("# PSIPRED VFORMAT".utf8)
        case .horiz: Array("# PSIPRED HFORMAT".utf8)
        default: []
        }
    }

    /// The separators of cells that a table of the format may have.
    var separators: [UInt8] {
        switch self {
        case .tsv: Array("\t,;".utf8)
        case .table: Array(",\t;".utf8)
        default: Array(",".utf8)
        }
    }
}

// MARK: Detection

extension ChainFormat {
    /// Bytes to examine: few at first, for slow pipes, then enough for a long comment.
    package static let lookAhead = [1 << 10, 1 << 16]

    /// The format of bytes, which stay to be read; nil if they do not show one, or belong to another kind of file.
    /// - Parameters:
    ///   - wantsLabels: how FASTA counts whose records may be two lines of residues, or residues and labels.
    ///   - patience: milliseconds to wait for more than one byte: a slow source is judged by what has come; nil: any time.
    /// - Throws: `foreign` for a format that is known and not read here, or what `ByteReader` throws.
    public init?(
        lookingAt bytes: inout ByteReader, wantsLabels: Bool = false, patience: Int? = nil
    ) throws(FormatError) {
        for count in Self.lookAhead {
            let start = Array(try bytes.lookAhead(count, patience: patience))
            do throws(FormatError.Problem) {
                let isAll = start.count < count || count == Self.lookAhead.last
                guard let format = try Self(detecting: start, wantsLabels: wantsLabels, isAll: isAll) else { continue }
                self = format
            } catch {
                throw FormatError(file: bytes.name, problem: error)
            }
            if self == .fasta {
                self = try FASTALayout(lookingAt: &bytes, patience: patience).format(wantsLabels: wantsLabels)
            }
            return
        }
        return nil
    }

    /// The format of a file that starts with these bytes, decompressed; nil if they do not show it. All that starts with
    /// `>` is `fasta`.
    /// - Parameter isAll: whether no more bytes will be examined.
    /// - Throws: `foreign`.
    package init?(
        detecting bytes: [UInt8], wantsLabels: Bool = false, isAll: Bool = true
    ) throws(FormatError.Problem) {
        if let general = ForeignFormat(detecting: bytes) { throw .file(.foreign(general)) }
        let start = bytes[...].withoutInvisibleStart
        if start.first == UInt8(ascii: ">") {
            self = .fasta
        } else if start.first == UInt8(ascii: "{") {
            let members = ChainMembers.telling.union(["strokes", "drawing", "text"])
            let member = JSONScanner.firstMember(among: members, in: start)
            // Objects without any of these are reported by the reader if nothing but chains will do.
            guard member.map(ChainMembers.telling.contains) ?? (wantsLabels && isAll) else { return nil }
            self = .jsonl
        } else if start.starts(with: Self.ss2.mark) {
            self = .ss2
        } else if start.starts(with: Self.horiz.mark) {
            self = .horiz
        } else if let table = Self.table(header: start.prefix { $0 != newline && $0 != carriageReturn }) {
            self = table
        } else if let structure = Self.structure(start) {
            self = structure
        } else {
            if let foreign = ForeignFormat.detect(bytes, among: ForeignFormat.ofProteins) {
                throw .file(.foreign(foreign))
            }
            return nil
        }
    }

    private static func table(header line: ArraySlice<UInt8>) -> ChainFormat? {
        if let table = [tsv, netsurfp].first(where: { PredictionColumns(header: line, of: $0, states: .eight) != nil })
        {
            return table
        }
        return ChainTableColumns(header: line) == nil ? nil : .table
    }

    private static func structure(_ start: ArraySlice<UInt8>) -> ChainFormat? {
        let lines = start.split { $0 == newline || $0 == carriageReturn }
        let first = lines.first { !$0.isBlankLine && $0.first != UInt8(ascii: "#") } ?? []
        if isFirstLineOfDSSP(first) { return .dssp }
        return String(utf8OrLatin1: first.prefix(5)).lowercased() == "data_" ? .mmcif : nil
    }

    /// Whether a DSSP file of any version starts with this line.
    static func isFirstLineOfDSSP(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "====".utf8) || line.starts(with: "****".utf8) else { return false }
        return String(utf8OrLatin1: line).uppercased().contains("BY THE PROGRAM DSSP")
    }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
