import StrandBytes
import StrandEngine

/// How often a reader changed a sequence, or kept a letter that a model reads as X.
public struct SequenceRepairs: RecordRepairs, Equatable {
    /// Stops (`*`) removed from the ends of sequences.
    public internal(set) var trailingStops = 0
    /// Stops kept inside sequences, read as X.
    public internal(set) var innerStops = 0
    /// Alignment gaps (`-`, `.`) removed.
    public internal(set) var gaps = 0
    /// Spaces and tabs removed from the ends of lines.
    public internal(set) var trailingBlanks = 0
    private var letterCounts = [Int](repeating: 0, count: 26)

    /// No repairs.
    public init() {}

    /// Letters kept that are neither the 20 amino acids nor X, read as X: how often each occurs, either case under the
    /// upper-case letter.
    public var unknownLetters: [Character: Int] {
        var counts: [Character: Int] = [:]
        for (letter, count) in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", letterCounts) where count > 0 {
            counts[letter] = count
        }
        return counts
    }

    /// Whether nothing was repaired.
    public var isEmpty: Bool { self == SequenceRepairs() }

    /// Adds the counts of another reader.
    public static func += (total: inout SequenceRepairs, other: SequenceRepairs) {
        total.trailingStops += other.trailingStops
        total.innerStops += other.innerStops
        total.gaps += other.gaps
        total.trailingBlanks += other.trailingBlanks
        for index in total.letterCounts.indices { total.letterCounts[index] += other.letterCounts[index] }
    }

    /// Counts an ASCII letter of either case.
    mutating func countUnknown(letter: UInt8) {
        letterCounts[Int(letter & 0x1F) - 1] += 1
    }
}

extension SequenceRepairs: CustomStringConvertible {
    /// One line such as `2 trailing '*' stripped, 14 unknown letters (B, U) read as X`; `no repairs` if there are none.
    public var description: String {
        let letters = unknownLetters
        let names = letters.keys.sorted().map(String.init).joined(separator: ", ")
        let parts = [
            counted(trailingStops, "trailing '*' stripped"),
            counted(innerStops, "inner '*' read as X"),
            counted(letters.values.reduce(0, +), "unknown letter", "(\(names)) read as X"),
            counted(gaps, "gap", "removed"),
            counted(trailingBlanks, "trailing blank", "stripped"),
        ]
        return isEmpty ? "no repairs" : parts.compactMap(\.self).joined(separator: ", ")
    }

    private func counted(_ count: Int, _ what: String) -> String? {
        count == 0 ? nil : "\(count) \(what)"
    }

    private func counted(_ count: Int, _ noun: String, _ done: String) -> String? {
        counted(count, "\(noun)\(count == 1 ? "" : "s") \(done)")
    }
}
