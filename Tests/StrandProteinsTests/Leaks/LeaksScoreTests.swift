import Foundation
import StrandProteins
import Testing

@Suite struct LeaksScoreTests {
    @Test func scoresAreThoseOfTheMatrix() {
        let table: [(String, String, Int)] = [
            ("A", "A", 4), ("W", "W", 11), ("C", "C", 9), ("W", "C", -2), ("F", "Y", 3), ("I", "V", 3), ("D", "E", 2),
            ("P", "F", -4), ("x", "W", -1), ("X", "X", -1), ("U", "C", -1), ("k", "R", 2), ("H", "N", 1),
        ]
        for (first, second, score) in table {
            #expect(BLOSUM62.score(codes(first)[0], codes(second)[0]) == score, "\(first) \(second)")
            #expect(BLOSUM62.score(codes(second)[0], codes(first)[0]) == score, "\(second) \(first)")
        }
    }

    /// Sums over the 210 different pairs and over the diagonal of the file BLOSUM62 of NCBI.
    @Test func sumsOfTheMatrix() {
        let all = (0..<20).flatMap { row in (0...row).map { BLOSUM62.score(UInt8(row), UInt8($0)) } }
        #expect(all.count == 210 && all.reduce(0, +) == -155)
        #expect((0..<20).reduce(0) { $0 + BLOSUM62.score(UInt8($1), UInt8($1)) } == 116)
    }

    /// (0.267 * 100 - ln 0.041) / ln 2
    @Test func bits() { #expect(abs(KarlinAltschul.bits(100) - 43.12818987177933) < 1e-12) }

    /// The definition of the length adjustment, tried for every l, in Python; then E = K (m - l)(n - N l) e^(-lambda
    /// S).
    @Test(arguments: [
        (100, 1000, 1, 26, 0.004706989179240791, 7.497420451004254e-09),
        (250, 100000, 400, 64, 0.9037293836784194, 1.4394847545532115e-06),
        (282, 2_774_488, 11254, 87, 22.863669654126742, 3.641787518991152e-05),
        (20, 2_774_488, 11254, 0, 3.6238095881939683, 5.772102522966283e-06),
    ])
    func eValues(m: Int, n: Int, count: Int, l: Int, e50: Double, e100: Double) {
        let statistics = KarlinAltschul(residueCount: n, chainCount: count)
        #expect(statistics.lengthAdjustment(queryLength: m) == l)
        let space = statistics.searchSpace(queryLength: m)
        #expect(abs(statistics.eValue(score: 50, searchSpace: space) / e50 - 1) < 1e-12)
        #expect(abs(statistics.eValue(score: 100, searchSpace: space) / e100 - 1) < 1e-12)
    }

    @Test func lowComplexityIsMasked() {
        // Twelve different residues have log2 12 = 3.58 bits; two kinds, six each, have one.
        #expect(!LowComplexity.mask(codes("ACDEFGHIKLMN")).contains(true))
        #expect(LowComplexity.mask(codes("QAQAQAQAQAQA")).allSatisfy { $0 })
        #expect(!LowComplexity.mask(codes("AAAAAAAAAAA")).contains(true), "shorter than the window")
        let mask = LowComplexity.mask(codes("ACDEFGHIKLMNPQRSTVWY" + "HHHHHHHHHHHH" + "ACDEFGHIKLMNPQRSTVWY"))
        #expect(mask[20..<32].allSatisfy { $0 } && !mask[0..<14].contains(true) && !mask[38...].contains(true))
    }
}
