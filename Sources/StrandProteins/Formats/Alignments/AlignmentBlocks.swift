import StrandBytes

/// Rows of an alignment that come in blocks, a piece of each row in each.
struct AlignmentBlocks {
    private let query: String?
    private var pieces: [AlignmentRows.Row] = []
    private var indices: [[UInt8]: Int] = [:]

    /// - Parameter query: the id of the row that the profile is made for; nil: the first.
    init(query: String?) {
        self.query = query
    }

    /// Adds letters to a row.
    /// - Throws: `notAResidue`.
    mutating func add(_ letters: ArraySlice<UInt8>, to name: ArraySlice<UInt8>, line: Int) throws(FormatError.Problem) {
        if let index = letters.firstIndex(where: { AlignedLetter.codes[Int($0)] == AlignedLetter.invalid }) {
            throw .alignment(.notAResidue(letters[index], column: index - letters.startIndex + 1))
        }
        let name = Array(name)
        if let index = indices[name] {
            pieces[index].letters += letters
        } else {
            indices[name] = pieces.count
            pieces.append(AlignmentRows.Row(header: name, letters: Array(letters), line: line))
        }
    }

    /// The whole rows.
    /// - Throws: `raggedRow`, `noAlignment`.
    func rows() throws(FormatError.Problem) -> AlignmentRows {
        guard let first = pieces.first else { throw .alignment(.noAlignment) }
        var rows = AlignmentRows(query: query)
        for row in pieces {
            guard row.letters.count == first.letters.count else {
                throw .alignment(.raggedRow(columns: row.letters.count, expected: first.letters.count))
            }
            if rows.admits(id: RecordHeader.id(of: row.header)) { rows.add(row) }
        }
        return rows
    }
}
