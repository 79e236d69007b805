import StrandBytes

/// The columns of DSSP's classic output.
///
/// `%5d%5d%1s%1s %c  %c`: number of the row, number of the residue, insertion code, chain, residue, state; the state
/// is in column 17.
struct DSSPTable {
    /// The contents of a row.
    enum Row {
        case residue(UInt8, label: UInt8, chain: String)
        /// A break in the chain.
        case gap
        case chainEnd
    }

    static let heading = "#  RESIDUE AA"
    /// The column names after the coordinates: none, or `CHAIN AUTHCHAIN` and others.
    private let namesBehind: Int
    private let coordinatesEnd: Int
    /// The length of the first residue's row, up to the coordinates' end: a shorter one is cut. Where there are no
    /// coordinates, blanks may lack at the end of a row.
    private var rowLength: Int?
    private let hasCoordinates: Bool
    /// The number of the row read last.
    private var number = 0

    /// Nil if the line is not the heading of the rows.
    init?(heading line: ArraySlice<UInt8>) {
        guard line.withoutOuterBlanks.starts(with: Self.heading.utf8) else { return nil }
        let text = Array(line)
        let last = text.indices.first { text[$0...].starts(with: "Z-CA".utf8) }
        let end = last.map { $0 + 4 } ?? text.count
        hasCoordinates = last != nil
        coordinatesEnd = end
        namesBehind = text[end...].words.count
    }

    mutating func row(_ line: ArraySlice<UInt8>) throws(FormatError.Problem) -> Row {
        // From 100,000 on mkdssp's numbers overflow their column and shift everything after it.
        let isWide = number >= 99_999 && line.starts(with: String(number + 1).utf8)
        let shift = isWide ? String(number + 1).utf8.count - 5 : 0
        let fields = line.dropFirst(shift)
        guard fields.count >= 14, let number = Int(digits: line.prefix(5 + shift).withoutOuterBlanks) else {
            throw .text(.unexpected(String(utf8OrLatin1: line), expected: "the row of a residue"))
        }
        self.number = number
        func column(_ number: Int) -> UInt8 {
            fields.count >= number ? fields[fields.startIndex + number - 1] : UInt8(ascii: " ")
        }
        if column(14) == UInt8(ascii: "!") { return column(15) == UInt8(ascii: "*") ? .chainEnd : .gap }
        let length = min(fields.count, coordinatesEnd)
        if hasCoordinates, let rowLength, length < rowLength {
            throw .text(.earlyEnd(expected: "the rest of a residue's row"))
        }
        rowLength = rowLength ?? length
        return .residue(
            try Self.residue(column(14)), label: try Self.label(column(17)),
            chain: wideChain(fields) ?? Self.chain(column(12)))
    }

    /// A letter; lower case means half a cystine.
    private static func residue(_ byte: UInt8) throws(FormatError.Problem) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return byte
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return UInt8(ascii: "C")
        default:
            throw .text(.unexpected(String(utf8OrLatin1: [byte]), expected: "the letter of a residue in column 14"))
        }
    }

    private static func label(_ byte: UInt8) throws(FormatError.Problem) -> UInt8 {
        guard let label = DSSPState.label(byte) else {
            throw .text(.unexpected(String(utf8OrLatin1: [byte]), expected: "\(DSSPState.expected) in column 17"))
        }
        return label
    }

    private static func chain(_ byte: UInt8) -> String { byte.isBlank ? "" : String(utf8OrLatin1: [byte]) }

    /// The author's chain id after the coordinates, where DSSP 2 and 3 write it; it may have several letters.
    private func wideChain(_ fields: ArraySlice<UInt8>) -> String? {
        if namesBehind < 2 { return nil }
        let words = fields.dropFirst(coordinatesEnd).drop { !$0.isBlank }.words
        return words.count == namesBehind ? String(utf8OrLatin1: words[1]) : nil
    }
}
