/// The substitution scores BLOSUM62 (Henikoff & Henikoff 1992), in half bits.
package enum BLOSUM62 {
    /// Residues in the order of their codes; the code after them is X, the unknown residue.
    package static let residues = Array("ARNDCQEGHILKMFPSTWYV".utf8)
    /// Code of X and of everything other than the 20 amino acids.
    package static let unknown = UInt8(20)
    /// Code between chains stored one after another: no alignment extends across it.
    package static let separator = UInt8(21)
    /// Number of codes, X and the separator included.
    package static let codeCount = 22

    /// The code of each byte; lower case is a soft mask, not another residue.
    private static let codes: [UInt8] = (0..<256).map { byte in
        let upper = (97...122).contains(byte) ? byte - 32 : byte
        return residues.firstIndex { Int($0) == upper }.map { UInt8($0) } ?? unknown
    }

    /// Codes of residues given as ASCII letters of either case.
    package static func codes(of residues: [UInt8]) -> [UInt8] { residues.map { codes[Int($0)] } }

    /// The score of aligning two residues given as codes; with a separator, far below all others.
    package static func score(_ first: UInt8, _ second: UInt8) -> Int {
        if first == separator || second == separator { return -1000 }
        let (column, row) = (Int(min(first, second)), Int(max(first, second)))
        return triangle[row * (row + 1) / 2 + column]
    }

    /// The lower triangle, row by row; its last row, of X, is BLAST+'s.
    private static let triangle = [
        4,
        -1, 5,
        -2, 0, 6,
        -2, -2, 1, 6,
        0, -3, -3, -3, 9,
        -1, 1, 0, 0, -3, 5,
        -1, 0, 0, 2, -4, 2, 5,
        0, -2, 0, -1, -3, -2, -2, 6,
        -2, 0, 1, -1, -3, 0, 0, -2, 8,
        -1, -3, -3, -3, -1, -3, -3, -4, -3, 4,
        -1, -2, -3, -4, -1, -2, -3, -4, -3, 2, 4,
        -1, 2, 0, -1, -3, 1, 1, -2, -1, -3, -2, 5,
        -1, -1, -2, -3, -1, 0, -2, -3, -2, 1, 2, -1, 5,
        -2, -3, -3, -3, -2, -3, -3, -3, -1, 0, 0, -3, 0, 6,
        -1, -2, -2, -1, -3, -1, -1, -2, -2, -3, -3, -1, -2, -4, 7,
        1, -1, 1, 0, -1, 0, 0, 0, -1, -2, -2, 0, -1, -2, -1, 4,
        0, -1, 0, -1, -1, -1, -1, -2, -2, -1, -1, -1, -1, -2, -1, 1, 5,
        -3, -3, -4, -4, -2, -2, -3, -2, -2, -3, -2, -3, -1, 1, -4, -3, -2, 11,
        -2, -2, -2, -3, -2, -1, -2, -3, 2, -1, -1, -2, -1, 3, -3, -2, -2, 2, 7,
        0, -3, -3, -3, -1, -2, -2, -3, -3, 3, 1, -2, 1, -1, -2, -2, 0, -3, -1, 4,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ]
}
