import StrandBytes

/// For each word of k residues, the positions of similar words in a batch of evaluated chains.
///
/// A word is k codes below 20 as a number to the base 20. Words are similar if their scores in `BLOSUM62` sum to at
/// least the threshold (Altschul et al. 1990).
package struct WordTable {
    package static let length = 3
    package static let threshold = 11
    /// 20^k, which also stands for "no word".
    package static let wordCount = 8000

    /// The positions of word w are `positions[starts[w]..<starts[w + 1]]`, ascending; "no word" has none.
    package let starts: [Int32]
    package let positions: [Int32]

    /// - Parameter codes: of chains and separators.
    package init(_ codes: [UInt8]) {
        let words = Self.words(codes)
        var entries: [(word: Int, position: Int)] = []
        for (position, word) in words.enumerated() where word < Self.wordCount {
            Self.forEachNeighbour(of: Array(codes[position..<position + Self.length])) {
                entries.append(($0, position))
            }
        }
        (starts, positions) = Self.sorted(entries)
    }

    /// The word that starts at each residue; "no word" if it would include a separator, an unknown residue or the end.
    package static func words(_ codes: [UInt8]) -> [UInt16] {
        codes.indices.map { start in
            guard start + length <= codes.count else { return UInt16(wordCount) }
            let word = codes[start..<start + length]
            if word.contains(where: { $0 >= BLOSUM62.unknown }) { return UInt16(wordCount) }
            return UInt16(word.reduce(0) { 20 * $0 + Int($1) })
        }
    }

    /// Calls `found` with all words similar to `word`.
    package static func forEachNeighbour(of word: [UInt8], _ found: (Int) -> Void) {
        // The most that the residues from each offset on can score: if that is too little, no word follows.
        var best = [0]
        for code in word.reversed() { best.append(best[best.count - 1] + BLOSUM62.score(code, code)) }
        best.reverse()
        func extend(_ offset: Int, _ number: Int, _ score: Int) {
            if offset == word.count { return found(number) }
            for code in 0..<20 {
                let next = score + BLOSUM62.score(word[offset], UInt8(code))
                if next + best[offset + 1] >= threshold { extend(offset + 1, 20 * number + code, next) }
            }
        }
        extend(0, 0, 0)
    }

    /// A counting sort by word.
    private static func sorted(_ entries: [(word: Int, position: Int)]) -> (starts: [Int32], positions: [Int32]) {
        var starts = [Int32](repeating: 0, count: wordCount + 2)
        for entry in entries { starts[entry.word + 1] += 1 }
        for word in 1..<starts.count { starts[word] += starts[word - 1] }
        var next = starts
        var positions = [Int32](repeating: 0, count: entries.count)
        for entry in entries {
            positions[Int(next[entry.word])] = Int32(entry.position)
            next[entry.word] += 1
        }
        return (starts, positions)
    }
}

/// The training chains one after another with separators around them, as codes and as words: three bytes per residue.
package struct TrainingChains: Sendable {
    package let codes: [UInt8]
    /// The word that starts at each position, if it lies within a chain.
    let words: [UInt16]
    /// The range of positions of each chain.
    package let bounds: [Range<Int>]

    /// - Parameter chains: codes of `BLOSUM62`.
    package init(_ chains: [[UInt8]]) {
        (codes, bounds) = BLOSUM62.joined(chains)
        words = WordTable.words(codes)
    }

    /// Residues of all chains.
    var residueCount: Int { codes.count - bounds.count - 1 }
}
