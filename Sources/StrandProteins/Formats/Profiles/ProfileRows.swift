import Glibc
import StrandBytes

/// A profile while its rows are read.
struct ProfileRows {
    private var sequence: [UInt8] = []
    private var frequencies: [Float] = []
    /// For each column of the source its column in `ResidueProfile.aminoAcids`.
    private let order: [Int]

    /// - Parameter alphabet: the letters of the source's columns.
    /// - Throws: `otherAlphabet` unless they are those of the 20 amino acids, each once.
    init(alphabet: some Sequence<UInt8>) throws(FormatError.Problem) {
        let letters = Array(alphabet)
        let order = letters.compactMap { ResidueProfile.aminoAcids.firstIndex(of: $0) }
        guard letters.count == 20, Set(order).count == 20 else {
            throw .alignment(.otherAlphabet(String(utf8OrLatin1: letters)))
        }
        self.order = order
    }

    /// L: rows so far.
    var count: Int { sequence.count }

    /// Adds the row of a residue.
    /// - Parameters:
    ///   - letter: the residue.
    ///   - shares: how much of each amino acid, in the source's order; they need not add up to 1.
    /// - Throws: `badFrequencies`.
    mutating func append(_ letter: UInt8, _ shares: [Float]) throws(FormatError.Problem) {
        let sum = shares.reduce(0, +)
        guard shares.count == 20, shares.allSatisfy({ $0 >= 0 }), sum > 0, sum.isFinite else {
            throw .alignment(.badFrequencies(residue: count + 1))
        }
        var row = [Float](repeating: 0, count: 20)
        for (column, share) in zip(order, shares) { row[column] = share / sum }
        frequencies += row
        sequence.append((0x61...0x7A).contains(letter) ? letter - 32 : letter)
    }

    /// The chain of all rows.
    /// - Throws: `cutProfile` if `length` says that there are others, `emptyQuery`.
    func chain(_ header: [UInt8], length: Int? = nil, depth: Int?) throws(FormatError.Problem) -> ProfiledChain {
        if let length, length != count { throw .alignment(.cutProfile(rows: count, expected: length)) }
        if count == 0 { throw .alignment(.emptyQuery) }
        let gaps = [Float](repeating: 0, count: count)
        return ProfiledChain(
            header: header, sequence: sequence,
            profile: ResidueProfile(frequencies: frequencies, gaps: gaps, depth: depth))
    }
}

extension ArraySlice<UInt8> {
    /// The word as a number; NaN if it is none.
    var number: Float { Double(decimal: self).map(Float.init) ?? .nan }

    /// The word as a whole number; nil if it is none.
    var integer: Int? { Int(String(decoding: self, as: UTF8.self)) }
}
