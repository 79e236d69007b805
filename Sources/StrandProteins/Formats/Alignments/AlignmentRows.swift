import StrandBytes

/// The rows of an alignment while it is read, at most `capacity` of them: when there are more, every second one is left
/// out, then every second of those that follow, and so on. The query, the row that the profile is made for, is kept.
struct AlignmentRows {
    /// Rows in memory at a time.
    static let capacity = 1 << 14

    /// A row as it came.
    struct Row {
        var header: [UInt8]
        var letters: [UInt8]
        /// The number of its header's line.
        var line: Int
    }

    private(set) var rows: [Row] = []
    /// Rows read, those left out among them.
    private(set) var count = 0
    /// Which row the profile is made for; nil: the first.
    let queryID: String?
    /// Index in `rows`.
    private var query: Int?
    /// One of so many rows is kept.
    private var stride = 1

    /// - Parameter query: the id of the row that the profile is made for; nil: the first.
    init(query: String?) {
        queryID = query
    }

    /// The row that the profile is made for.
    var queryRow: Row? { query.map { rows[$0] } }

    /// Whether the next row, with this id, must be added; if not, it need not be read.
    mutating func admits(id: @autoclosure () -> String) -> Bool {
        defer { count += 1 }
        return count % stride == 0 || isQuery(id())
    }

    /// Adds a row that was admitted.
    mutating func add(_ row: Row) {
        if isQuery(RecordHeader.id(of: row.header)) { query = rows.count }
        rows.append(row)
        if rows.count == Self.capacity { thin() }
    }

    private func isQuery(_ id: @autoclosure () -> String) -> Bool {
        guard let queryID else { return rows.isEmpty }
        if query != nil { return false }
        let id = id()
        // Stockholm and A2M put the range of residues after the name.
        return id == queryID || id.prefix { $0 != "/" } == queryID
    }

    private mutating func thin() {
        let query = query
        var kept: [Row] = []
        for (index, row) in rows.enumerated() where index % 2 == 0 || index == query {
            if index == query { self.query = kept.count }
            kept.append(row)
        }
        rows = kept
        stride *= 2
    }
}

/// What one letter of a row is to a profile.
enum AlignedLetter {
    /// Codes: 0 to 19 the amino acids in `ResidueProfile.aminoAcids`, 20 any other residue, 21 a gap.
    static let (other, gap, invalid) = (UInt8(20), UInt8(21), UInt8(255))

    /// The code of each byte; lower case as upper case.
    static let codes: [UInt8] = (0..<256).map { byte in
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~") { return gap }
        if byte == UInt8(ascii: "*") { return other }
        guard (0x41...0x5A).contains(byte & 0xDF), byte < 0x80 else { return invalid }
        return ResidueProfile.aminoAcids.firstIndex { Int($0) == byte & 0xDF }.map { UInt8($0) } ?? other
    }
}
