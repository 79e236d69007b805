import StrandBytes

/// Which letters of a row stand in which column of an alignment.
enum AlignmentLayout {
    /// A3M and A2M: lower-case letters are insertions and dots fill their columns; both are left out.
    case insertionsInLowerCase
    /// Every letter has a column, and `-` and `.` are gaps.
    case everyLetter

    /// Letters of a row that have a column.
    func columnCount(of letters: [UInt8]) -> Int {
        self == .everyLetter ? letters.count : letters.count { !$0.isInsertion }
    }
}

extension UInt8 {
    /// Whether the letter has no column in A3M and A2M.
    fileprivate var isInsertion: Bool { (0x61...0x7A).contains(self) || self == UInt8(ascii: ".") }
}

/// The columns of an alignment, at each of which the query has a residue or a gap.
private struct QueryColumns {
    /// The query's residues, in upper case.
    private(set) var sequence: [UInt8] = []
    /// The residue of each column; -1 where the query has a gap.
    private(set) var residues: [Int] = []

    /// - Parameter inserted: whether a column is one of insertions, by its index; nil: none is.
    init(_ letters: [UInt8], _ layout: AlignmentLayout, isInserted: [Bool]?) {
        let end =
            letters.lastIndex { $0 != UInt8(ascii: "*") && AlignedLetter.codes[Int($0)] != AlignedLetter.gap } ?? -1
        for (index, letter) in letters.enumerated() {
            let isInsertion = layout == .insertionsInLowerCase && letter.isInsertion
            // A stop at the end is no residue.
            let isResidue = AlignedLetter.codes[Int(letter)] != AlignedLetter.gap && index <= end
            if !isInsertion {
                let isInserted = isInserted?[residues.count] ?? false
                residues.append(isResidue && !isInserted ? sequence.count : -1)
            }
            if isResidue { sequence.append((0x61...0x7A).contains(letter) ? letter - 32 : letter) }
        }
    }
}

extension AlignmentRows {
    /// The query with its profile.
    ///
    /// Residues of the query in columns of insertions have themselves for a profile. Weights, frequencies and gaps are
    /// those of `WeightedRows`.
    /// - Parameters:
    ///   - layout: which letters have a column; all rows have equally many.
    ///   - isInserted: whether each column is one of insertions; nil: none is.
    /// - Throws: `emptyQuery`, `missingQuery`.
    func chain(_ layout: AlignmentLayout, isInserted: [Bool]? = nil) throws(FormatError.Problem) -> ProfiledChain {
        guard let query = queryRow else { throw .alignment(.missingQuery(queryID ?? "")) }
        let columns = QueryColumns(query.letters, layout, isInserted: isInserted)
        if columns.sequence.isEmpty { throw .alignment(.emptyQuery) }
        var weighted = WeightedRows(length: columns.sequence.count)
        for row in rows {
            var codes = [UInt8](repeating: AlignedLetter.gap, count: columns.sequence.count)
            var column = 0
            for letter in row.letters where layout == .everyLetter || !letter.isInsertion {
                let residue = columns.residues[column]
                if residue >= 0 { codes[residue] = AlignedLetter.codes[Int(letter)] }
                column += 1
            }
            weighted.append(codes)
        }
        return ProfiledChain(
            header: query.header, sequence: columns.sequence,
            profile: weighted.profile(of: columns.sequence, depth: count))
    }
}

/// Rows of an alignment as codes of `AlignedLetter`, weighted by position (Henikoff & Henikoff, J Mol Biol 243:574, 1994).
///
/// In a column of k different amino acids, of which that of a row stands in m rows, the row gets 1 / (k m); its weight is
/// the mean over the columns where it has an amino acid. Frequencies of a column are the shares, by weight, of the amino
/// acids there, without pseudocounts; its share of gaps is that of the rows without a residue there.
private struct WeightedRows {
    let length: Int
    private var codes: [UInt8] = []
    /// (L, 22): how often each code stands in a column.
    private var counts: [Int32]

    init(length: Int) {
        self.length = length
        counts = [Int32](repeating: 0, count: 22 * length)
    }

    mutating func append(_ row: [UInt8]) {
        for (column, code) in row.enumerated() { counts[22 * column + Int(code)] += 1 }
        codes += row
    }

    /// The profile; `sequence` is that of a column where no row has an amino acid.
    func profile(of sequence: [UInt8], depth: Int) -> ResidueProfile {
        let weights = weights
        var totals = [Float](repeating: 0, count: 22 * length)
        var index = 0
        for weight in weights {
            for column in 0..<length {
                totals[22 * column + Int(codes[index])] += weight
                index += 1
            }
        }
        let all = weights.reduce(0, +)
        var frequencies = ResidueProfile(ofAlone: sequence).frequencies
        var gaps = [Float](repeating: 0, count: length)
        for column in 0..<length {
            let sum = totals[22 * column..<22 * column + 20].reduce(0, +)
            if sum > 0 { for code in 0..<20 { frequencies[20 * column + code] = totals[22 * column + code] / sum } }
            gaps[column] = all > 0 ? min(totals[22 * column + Int(AlignedLetter.gap)] / all, 1) : 0
        }
        return ResidueProfile(frequencies: frequencies, gaps: gaps, depth: depth)
    }

    private var weights: [Float] {
        var shares = [Float](repeating: 0, count: 22 * length)
        for column in 0..<length {
            let different = counts[22 * column..<22 * column + 20].count { $0 > 0 }
            for code in 22 * column..<22 * column + 20 where counts[code] > 0 {
                shares[code] = 1 / Float(different * Int(counts[code]))
            }
        }
        return stride(from: 0, to: codes.count, by: length).map { start in
            var (sum, covered) = (Float(0), 0)
            for column in 0..<length {
                let code = codes[start + column]
                sum += shares[22 * column + Int(code)]
                covered += code < AlignedLetter.other ? 1 : 0
            }
            return covered > 0 ? sum / Float(covered) : 0
        }
    }
}
