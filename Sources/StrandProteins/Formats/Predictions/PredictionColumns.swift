import StrandBytes

/// The meaning of a prediction table's columns, from their names.
struct PredictionColumns {
    let format: ChainFormat
    let separator: UInt8
    let count: Int
    let id: Int
    let position: Int
    let residue: Int?
    let label: Int
    /// Labels of three states beside eight.
    let threeStates: Int?
    /// The letter of each column of probabilities.
    let states: [UInt8]
    let probabilities: [Int]

    /// Nil if the header does not name id, position and state as `format` does, which must be a table.
    init?(header: ArraySlice<UInt8>, of format: ChainFormat, states: StateCount) {
        let columns = format.separators.lazy.compactMap {
            Self(header: header, of: format, separator: $0, states: states)
        }
        guard let first = columns.first else { return nil }
        self = first
    }

    private init?(header: ArraySlice<UInt8>, of format: ChainFormat, separator: UInt8, states: StateCount) {
        let names = header.columnNames(separator: separator)
        let isStrands = format == .tsv
        let kinds = isStrands ? ["state"] : states == .eight ? ["q8", "q3"] : ["q3", "q8"]
        guard let id = names.firstIndex(of: "id"),
            let position = names.firstIndex(of: isStrands ? "position" : "n"),
            let kind = kinds.first(where: { names.contains($0) }), let label = names.firstIndex(of: kind)
        else { return nil }
        self.format = format
        self.separator = separator
        count = names.count
        self.id = id
        self.position = position
        residue = names.firstIndex(of: isStrands ? "residue" : "seq")
        self.label = label
        threeStates = kind == "q8" ? names.firstIndex(of: "q3") : nil
        let (start, end) = isStrands ? ("P(", ")") : ("p[\(kind)_", "]")
        let found = names.indices.compactMap { column in
            names[column].letter(between: start, and: end).map { (state: $0, column: column) }
        }
        self.states = found.map(\.state)
        probabilities = found.map(\.column)
    }

    /// The id in its cell: NetSurfP may write a whole header there.
    func id(of cells: [ArraySlice<UInt8>]) -> ArraySlice<UInt8> {
        let cell = cells[id]
        if format == .tsv { return cell }
        let header = cell.first == UInt8(ascii: ">") ? cell.dropFirst() : cell
        return header.drop(while: \.isBlank).prefix { $0 > UInt8(ascii: " ") }
    }
}

extension ArraySlice<UInt8> {
    /// The names in the first row of a table, without blanks and quotation marks.
    func columnNames(separator: UInt8) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map { name in
            String(utf8OrLatin1: name.filter { !$0.isBlank && $0 != UInt8(ascii: "\"") })
        }
    }
}

extension String {
    /// The single ASCII character between the two texts.
    fileprivate func letter(between start: String, and end: String) -> UInt8? {
        guard hasPrefix(start), hasSuffix(end), utf8.count == start.utf8.count + 1 + end.utf8.count else { return nil }
        return utf8.dropFirst(start.utf8.count).first
    }
}
