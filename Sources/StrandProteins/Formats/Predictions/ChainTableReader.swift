import StrandBytes

/// Tables with one row per chain, as data sets have them: columns for the id, the sequence and its labels, and perhaps
/// which residues count.
struct ChainTableReader: ~Copyable, ChainSource {
    private var rows: TableRows
    private var columns: ChainTableColumns?
    private var repairs = SequenceRepairs()
    private var rowCount = 0

    init(_ bytes: consuming ByteReader) {
        rows = TableRows(LineReader(bytes))
    }

    mutating func takeRepairs() -> SequenceRepairs { repairs.take() }

    mutating func next() throws(FormatError) -> LabelledChain? {
        if columns == nil {
            let line = try rows.nextLine() ?? []
            columns = ChainTableColumns(header: line[...].withoutInvisibleStart)
        }
        guard let columns else {
            throw FormatError(file: rows.name, line: rows.rowNumber, problem: .chain(.unknownChains))
        }
        guard let row = try rows.next(separator: columns.separator) else {
            if rowCount == 0 { throw FormatError(file: rows.name, problem: .chain(.noChains)) }
            return nil
        }
        rowCount += 1
        return try chain(row, columns)
    }

    private mutating func chain(
        _ row: [TableRows.Field], _ columns: ChainTableColumns
    ) throws(FormatError) -> LabelledChain {
        var members = ChainMembers()
        do throws(FormatError.Problem) {
            guard row.count == columns.count else {
                throw .text(.columnCount(found: row.count, expected: columns.count))
            }
            for (column, name) in columns.members { members.set(name, to: row[column].text) }
            members.id = members.id ?? "\(rowCount)"
            if let chain = columns.chain, let id = members.id { members.id = "\(id)-\(row[chain].text)" }
            return try members.chain(repairs: &repairs)
        } catch {
            throw FormatError(file: rows.name, line: rows.rowNumber, record: members.printableID, problem: error)
        }
    }
}

/// The columns of such a table, identified by name.
struct ChainTableColumns {
    let separator: UInt8
    let count: Int
    /// The member of a chain that each column holds.
    let members: [(column: Int, name: String)]
    /// The chain within an entry of the Protein Data Bank, which its id lacks.
    let chain: Int?

    /// Nil if the header names no sequence or no labels.
    init?(header: ArraySlice<UInt8>) {
        for separator in ChainFormat.table.separators {
            let names = header.columnNames(separator: separator).map { $0.lowercased() }
            let members = ChainMembers.Kind.allCases.compactMap { kind in
                kind.names.lazy.compactMap { name in names.firstIndex(of: name).map { (column: $0, name: name) } }.first
            }
            let kinds = Set(members.compactMap { ChainMembers.Kind(name: $0.name) })
            guard kinds.contains(.sequence), !kinds.isDisjoint(with: [.labels, .threeStates]) else { continue }
            self.separator = separator
            count = names.count
            self.members = members
            chain = names.firstIndex(of: "chain_code") ?? names.firstIndex(of: "chain")
            return
        }
        return nil
    }
}

/// A chain gathered from named members: columns of a table, or members of a JSON object.
struct ChainMembers {
    /// What a member is, by the names that data sets and programs give it.
    enum Kind: CaseIterable {
        case id, header, sequence, labels, threeStates, mask

        var names: [String] {
            switch self {
            case .id: ["id", "name", "protein_id", "protein", "pdb_id", "accession", "entry"]
            case .header: ["header"]
            case .sequence: ["sequence", "seq", "primary", "input"]
            case .labels: ["labels", "label", "sst8", "dssp8", "q8", "ss8", "dssp", "secondary_structure"]
            case .threeStates: ["sst3", "dssp3", "q3", "ss3"]
            case .mask: ["resolved", "mask", "cb513_mask"]
            }
        }

        init?(name: String) {
            guard let kind = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
            self = kind
        }
    }

    /// Names that show that an object is a chain with labels, or a sequence.
    static let telling = Set(
        (Kind.labels.names + Kind.threeStates.names + ["sequence", "seq", "primary"]))

    var id: String?
    var columns: [(state: UInt8, values: [Float])] = []
    private(set) var names: [String] = []
    private var texts: [Kind: (rank: Int, text: String)] = [:]

    /// Takes a member; of two of one kind, the one whose name comes first among the names counts.
    mutating func set(_ name: String, to text: String) {
        guard let kind = Kind(name: name), let rank = kind.names.firstIndex(of: name) else { return }
        if let other = texts[kind], other.rank < rank { return }
        texts[kind] = (rank, text)
        if kind == .id { id = text }
    }

    /// Notes the name of a member.
    mutating func note(_ name: String) { names.append(name) }

    /// The id for messages; line ends in it would break them.
    var printableID: String? { id.flatMap { $0.isEmpty || $0.utf8.contains { $0 < 0x20 } ? nil : $0 } }

    func text(_ kind: Kind) -> [UInt8]? { texts[kind].map { Array($0.text.utf8) } }

    var hasLabels: Bool { texts[.labels] != nil || texts[.threeStates] != nil }

    /// The chain. Residues that the mask leaves out have no label.
    /// - Parameter repairs: counts these.
    func chain(repairs: inout SequenceRepairs) throws(FormatError.Problem) -> LabelledChain {
        var labels = text(.labels) ?? text(.threeStates) ?? []
        var threeStates = texts[.labels] == nil ? nil : text(.threeStates)
        if labels.isEmpty { throw .chain(.emptyPrediction) }
        for index in labels.indices where !(0x20..<0x7F).contains(labels[index]) {
            throw .text(TextProblem(notText: labels[...], at: index))
        }
        let header = text(.header) ?? Array((id ?? "").utf8)
        for index in header.indices where header[index].isForeignToHeaders {
            throw .text(TextProblem(notText: header[...], at: index))
        }
        let sequence = text(.sequence)
        if let sequence {
            try Self.check(sequence)
            try Self.check(count: labels.count, residues: sequence.count)
        }
        if let three = threeStates { try Self.check(count: three.count, residues: labels.count) }
        for (state, values) in columns where values.count != labels.count {
            throw .chain(.probabilityCount(values.count, state: state, labels: labels.count))
        }
        if let mask = texts[.mask] {
            let marks = Self.marks(mask.text)
            try Self.check(count: marks.count, residues: labels.count)
            for index in labels.indices where marks[index] == UInt8(ascii: "0") {
                if labels[index] != LabelAlphabet.none { repairs.maskedLabels += 1 }
                labels[index] = LabelAlphabet.none
                threeStates?[index] = LabelAlphabet.none
            }
        }
        return LabelledChain(
            id: id ?? "", header: header, sequence: sequence, labels: labels, threeStates: threeStates,
            states: columns.map(\.state),
            probabilities: labels.indices.flatMap { index in columns.map { $0.values[index] } })
    }

    /// The first character of each number, or each character of text without blanks.
    private static func marks(_ mask: String) -> [UInt8] {
        let words = mask.utf8.split { " ,[]".utf8.contains($0) }
        return words.count > 1 ? words.compactMap(\.first) : words.flatMap(Array.init)
    }

    private static func check(count: Int, residues: Int) throws(FormatError.Problem) {
        if count != residues { throw .chain(.labelCount(labels: count, residues: residues)) }
    }

    private static func check(_ sequence: [UInt8]) throws(FormatError.Problem) {
        for index in sequence.indices where !ResidueClass.table[Int(sequence[index])].isResidue {
            throw (0x21..<0x7F).contains(sequence[index])
                ? .chain(.notALetter(sequence[index], column: index + 1))
                : .text(TextProblem(notText: sequence[...], at: index))
        }
    }
}
