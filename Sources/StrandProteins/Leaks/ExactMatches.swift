/// Chains contained whole in others, whatever their score.
package enum ExactMatches {
    /// The fewest residues, X not counted, that mean something: shorter words occur in large sets by chance.
    package static let shortest = 7

    /// An occurrence of one chain in another.
    package struct Occurrence: Equatable, Sendable {
        package var pattern: Int
        package var text: Int
        /// The offset of the pattern's first residue in the text.
        package var start: Int

        package init(pattern: Int, text: Int, start: Int) {
            self.pattern = pattern
            self.text = text
            self.start = start
        }
    }

    /// The first occurrence of each pattern in each longer text; all are codes of `BLOSUM62`. Sorted by text, then
    /// start, then pattern.
    package static func occurrences(of patterns: [[UInt8]], in texts: [[UInt8]]) -> [Occurrence] {
        let byStart = Dictionary(grouping: patterns.indices.filter { isTelling(patterns[$0]) }) { key(patterns[$0], 0) }
        if byStart.isEmpty { return [] }
        return texts.indices.flatMap { text in
            var seen: Set<Int> = []
            return occurrences(in: texts[text], patterns, byStart).filter { seen.insert($0.pattern).inserted }
                .map { Occurrence(pattern: $0.pattern, text: text, start: $0.start) }
        }
    }

    private static func isTelling(_ pattern: [UInt8]) -> Bool {
        pattern.count >= shortest && pattern.count { $0 != BLOSUM62.unknown } >= shortest
    }

    /// The seven residues from `start` on, as a number.
    private static func key(_ codes: [UInt8], _ start: Int) -> UInt64 {
        codes[start..<start + shortest].reduce(0) { $0 << 5 | UInt64($1) }
    }

    private static func occurrences(
        in text: [UInt8], _ patterns: [[UInt8]], _ byStart: [UInt64: [Int]]
    ) -> [(pattern: Int, start: Int)] {
        guard text.count > shortest else { return [] }
        return (0...text.count - shortest).flatMap { start in
            (byStart[key(text, start)] ?? []).filter { pattern in
                patterns[pattern].count < text.count && text[start...].starts(with: patterns[pattern])
            }.map { ($0, start) }
        }
    }
}
