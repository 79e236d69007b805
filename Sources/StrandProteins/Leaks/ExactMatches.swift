/// Chains that lie whole in others, whatever their score is worth.
package enum ExactMatches {
    /// The fewest residues, X not counted, that say something: shorter words are in large sets by chance.
    package static let shortest = 7

    /// Where one chain lies in another.
    package struct Occurrence: Equatable, Sendable {
        package var pattern: Int
        package var text: Int
        /// The place of the pattern's first residue in the text.
        package var place: Int

        package init(pattern: Int, text: Int, place: Int) {
            self.pattern = pattern
            self.text = text
            self.place = place
        }
    }

    /// The first occurrence of each pattern in each text that is longer; all are codes of `BLOSUM62`. By text, then
    /// place, then pattern.
    package static func occurrences(of patterns: [[UInt8]], in texts: [[UInt8]]) -> [Occurrence] {
        let byStart = Dictionary(grouping: patterns.indices.filter { isTelling(patterns[$0]) }) { key(patterns[$0], 0) }
        if byStart.isEmpty { return [] }
        return texts.indices.flatMap { text in
            var seen: Set<Int> = []
            return occurrences(in: texts[text], patterns, byStart).filter { seen.insert($0.pattern).inserted }
                .map { Occurrence(pattern: $0.pattern, text: text, place: $0.place) }
        }
    }

    private static func isTelling(_ pattern: [UInt8]) -> Bool {
        pattern.count >= shortest && pattern.count { $0 != BLOSUM62.unknown } >= shortest
    }

    /// The seven residues at `place` as a number.
    private static func key(_ codes: [UInt8], _ place: Int) -> UInt64 {
        codes[place..<place + shortest].reduce(0) { $0 << 5 | UInt64($1) }
    }

    private static func occurrences(
        in text: [UInt8], _ patterns: [[UInt8]], _ byStart: [UInt64: [Int]]
    ) -> [(pattern: Int, place: Int)] {
        guard text.count > shortest else { return [] }
        return (0...text.count - shortest).flatMap { place in
            (byStart[key(text, place)] ?? []).filter { pattern in
                patterns[pattern].count < text.count && text[place...].starts(with: patterns[pattern])
            }.map { ($0, place) }
        }
    }
}
