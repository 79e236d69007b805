import StrandBytes
import StrandProteins
import TestSupport

/// Codes of residues written as letters.
func codes(_ text: String) -> [UInt8] { BLOSUM62.codes(of: Array(text.utf8)) }

extension SplitMix64 {
    /// Residues drawn with roughly natural frequencies, as letters.
    mutating func chain(_ length: Int) -> [UInt8] {
        let hundred = Array(
            ("AAAAAAAARRRRRNNNNNDDDDDCCQQQQEEEEEEGGGGGGGHHIIIIIILLLLLLLLL"
                + "KKKKKKMMFFFFPPPPPSSSSSSSTTTTTTWYYYVVVVVVV").utf8)
        return (0..<length).map { _ in hundred.randomElement(using: &self)! }
    }

    /// `chain` with each residue replaced, dropped or doubled with these probabilities.
    mutating func mutated(_ chain: [UInt8], replaced: Double, gaps: Double = 0) -> [UInt8] {
        chain.flatMap { residue -> [UInt8] in
            let draw = Double.random(in: 0..<1, using: &self)
            if draw < replaced { return self.chain(1) }
            if draw < replaced + gaps / 2 { return [] }
            return draw < replaced + gaps ? [residue] + self.chain(2) : [residue]
        }
    }
}

/// Slow and plain: the search must agree with it.
enum PlainTwin {
    /// Gotoh's three matrices in full; the best local score.
    static func localScore(_ a: [UInt8], _ b: [UInt8]) -> Int {
        let never = -1_000_000
        var h = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        var e = [[Int]](repeating: [Int](repeating: never, count: b.count + 1), count: a.count + 1)
        var f = e
        var best = 0
        for i in a.indices {
            for j in b.indices {
                e[i + 1][j + 1] = max(h[i + 1][j] - 12, e[i + 1][j] - 1)
                f[i + 1][j + 1] = max(h[i][j + 1] - 12, f[i][j + 1] - 1)
                h[i + 1][j + 1] = max(0, h[i][j] + BLOSUM62.score(a[i], b[j]), e[i + 1][j + 1], f[i + 1][j + 1])
                best = max(best, h[i + 1][j + 1])
            }
        }
        return best
    }

    /// The best prefix of `scores`, stopping where the sum is more than 16 below the best so far.
    static func bestPrefix(_ scores: [Int]) -> (score: Int, length: Int) {
        var sums = [0]
        for score in scores {
            if sums[sums.count - 1] < sums.max()! - 16 { break }
            sums.append(sums[sums.count - 1] + score)
        }
        let best = sums.max()!
        return (best, sums.firstIndex(of: best)!)
    }
}
