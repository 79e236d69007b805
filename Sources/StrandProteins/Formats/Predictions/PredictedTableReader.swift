import StrandBytes

/// Tables of predictions with one row per residue. The rows of a chain are adjacent, with positions from 1.
struct PredictedTableReader: ~Copyable, ChainSource {
    private var rows: TableRows
    private let format: ChainFormat
    private let states: StateCount
    private var columns: PredictionColumns?
    /// The first row of the next chain.
    private var pending: [ArraySlice<UInt8>]?
    private var hasChains = false

    init(_ bytes: consuming ByteReader, format: ChainFormat, states: StateCount) {
        rows = TableRows(LineReader(bytes))
        self.format = format
        self.states = states
    }

    mutating func next() throws(FormatError) -> LabelledChain? {
        if columns == nil { columns = try header() }
        if pending == nil { pending = try nextRow(columns!) }
        guard let columns, let first = pending else {
            if !hasChains { throw FormatError(file: rows.name, problem: .chain(.noChains)) }
            return nil
        }
        pending = nil
        hasChains = true
        let id = columns.id(of: first)
        if id.contains(where: \.isForeignToHeaders) {
            let problem = FormatError.Problem.text(
                .unexpected(String(utf8OrLatin1: id), expected: "an id, a line of text,"))
            throw FormatError(file: rows.name, line: rows.rowNumber, problem: problem)
        }
        var residues = PredictedResidues(states: columns.states)
        try add(first, columns, to: &residues)
        while let row = try nextRow(columns) {
            if columns.id(of: row) != id || row[columns.position].elementsEqual("1".utf8) {
                pending = row
                break
            }
            try add(row, columns, to: &residues)
        }
        return residues.chain(id: String(utf8OrLatin1: id))
    }

    private mutating func header() throws(FormatError) -> PredictionColumns {
        let line = try rows.nextLine() ?? []
        guard let columns = PredictionColumns(header: line[...], of: format, states: states) else {
            throw FormatError(file: rows.name, line: rows.rowNumber, problem: .chain(.unknownChains))
        }
        return columns
    }

    private mutating func nextRow(_ columns: PredictionColumns) throws(FormatError) -> [ArraySlice<UInt8>]? {
        guard let row = columns.separator == tab ? try nextPlainRow() : try nextQuotedRow(columns) else { return nil }
        if row.count == columns.count { return row }
        throw FormatError(
            file: rows.name, line: rows.rowNumber,
            problem: .text(.columnCount(found: row.count, expected: columns.count)))
    }

    /// The cells of a line of Strand's own table, where only an id may be quoted and no cell holds a line end.
    private mutating func nextPlainRow() throws(FormatError) -> [ArraySlice<UInt8>]? {
        guard let line = try rows.nextLine() else { return nil }
        var cells = line.split(separator: tab, omittingEmptySubsequences: false)
        let quote = UInt8(ascii: "\"")
        if cells[0].count > 1, cells[0].first == quote, cells[0].last == quote {
            cells[0] = cells[0].dropFirst().dropLast().replacing([quote, quote], with: [quote])
        }
        return cells
    }

    private mutating func nextQuotedRow(_ columns: PredictionColumns) throws(FormatError) -> [ArraySlice<UInt8>]? {
        guard let fields = try rows.next(separator: columns.separator) else { return nil }
        let cells = fields.map { $0.bytes[...].withoutOuterBlanks }
        // A header used as the id may contain commas.
        let surplus = cells.count - columns.count
        guard surplus > 0, columns.id == 0, cells[0].first == UInt8(ascii: ">"), !fields[0].isQuoted else {
            return cells
        }
        return [cells[0]] + cells.dropFirst(1 + surplus)
    }

    private func add(
        _ row: [ArraySlice<UInt8>], _ columns: PredictionColumns, to residues: inout PredictedResidues
    ) throws(FormatError) {
        do throws(FormatError.Problem) {
            try residues.add(
                position: row[columns.position], residue: columns.residue.map { row[$0] }, label: row[columns.label],
                threeStates: columns.threeStates.map { row[$0] },
                probabilities: columns.probabilities.lazy.map { row[$0] })
        } catch {
            let id = String(utf8OrLatin1: columns.id(of: row))
            throw FormatError(
                file: rows.name, line: rows.rowNumber, record: id.isEmpty ? nil : id, problem: error)
        }
    }
}

private let tab = UInt8(ascii: "\t")
