import StrandBytes
import StrandEngine

/// How often a reader changed a chain, or kept a letter that a model reads as X.
public struct SequenceRepairs: RecordRepairs, Equatable {
    /// Stops (`*`) removed from the ends of sequences.
    public internal(set) var trailingStops = 0
    /// Stops kept inside sequences, read as X.
    public internal(set) var innerStops = 0
    /// Alignment gaps (`-`, `.`) removed.
    public internal(set) var gaps = 0
    /// Spaces and tabs removed from the ends of lines.
    public internal(set) var trailingBlanks = 0
    /// Residues of mmCIF other than the 20 amino acids, read as X.
    public internal(set) var modifiedResidues = 0
    /// Breaks in chains of DSSP's own format, which closes up there.
    public internal(set) var chainBreaks = 0
    /// Labels that a mask beside them leaves out.
    public internal(set) var maskedLabels = 0
    /// Records whose own labels were left out because only sequences are wanted.
    public internal(set) var unusedLabels = 0
    private var letterCounts = [Int](repeating: 0, count: 26)
    private var coilCounts: [UInt8: Int] = [:]
    /// Residues of FASTA, and those in lines of nucleotides alone.
    private var (residues, nucleotides) = (0, 0)
    /// Records, and those of two lines of one length that are not the usual width of wrapped sequences.
    private var (records, pairs) = (0, 0)

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

    /// Labels that stand for coil in other programs, and poly-proline, read as C: how often each occurs.
    public var coilLetters: [Character: Int] {
        Dictionary(uniqueKeysWithValues: coilCounts.map { (Character(Unicode.Scalar($0.key)), $0.value) })
    }

    /// Whether nothing was repaired.
    public var isEmpty: Bool { parts.isEmpty }

    /// Adds the counts of another reader.
    public static func += (total: inout SequenceRepairs, other: SequenceRepairs) {
        total.trailingStops += other.trailingStops
        total.innerStops += other.innerStops
        total.gaps += other.gaps
        total.trailingBlanks += other.trailingBlanks
        total.modifiedResidues += other.modifiedResidues
        total.chainBreaks += other.chainBreaks
        total.maskedLabels += other.maskedLabels
        total.unusedLabels += other.unusedLabels
        total.residues += other.residues
        total.nucleotides += other.nucleotides
        total.records += other.records
        total.pairs += other.pairs
        for index in total.letterCounts.indices { total.letterCounts[index] += other.letterCounts[index] }
        total.coilCounts.merge(other.coilCounts, uniquingKeysWith: +)
    }

    /// Counts an ASCII letter of either case.
    mutating func countUnknown(letter: UInt8) {
        letterCounts[Int(letter & 0x1F) - 1] += 1
    }

    /// Counts a label read as coil.
    mutating func countCoil(_ label: UInt8) { coilCounts[label, default: 0] += 1 }

    /// Counts a record by how many residues its lines have, of the first four.
    mutating func countRecord(lines: [Int]) {
        records += 1
        if lines.count == 2, lines[0] == lines[1], ![50, 60, 70, 80, 100, 120].contains(lines[0]) { pairs += 1 }
    }

    /// Counts the residues of a line.
    mutating func countResidues(_ count: Int, areNucleotides: Bool) {
        residues += count
        if areNucleotides { nucleotides += count }
    }
}

extension SequenceRepairs: CustomStringConvertible {
    /// One line such as `2 trailing '*' stripped, 14 unknown letters (B, U) read as X`; `no repairs` if there are none.
    public var description: String { isEmpty ? "no repairs" : parts.joined(separator: ", ") }

    /// That nearly all letters are those of nucleotides, of which there must be enough to tell; that most records have two
    /// lines of one length.
    public var warnings: [String] {
        var warnings: [String] = []
        if nucleotides >= 20 && Double(nucleotides) >= 0.95 * Double(residues) {
            warnings.append(
                "nearly all letters are those of nucleotides (ACGTUN): translate genes before they are labelled")
        }
        if pairs > 0 && 2 * pairs > records {
            warnings.append(
                "\(grouped(pairs)) of \(counted(records, "record")) \(pairs == 1 ? "has" : "have") two lines of one length, "
                    + "read as one sequence: if the second are labels, leave them out")
        }
        return warnings
    }

    private var parts: [String] {
        [
            part(trailingStops, "trailing '*' stripped"),
            part(innerStops, "inner '*' read as X"),
            part(unknownLetters, "unknown letter", "read as X"),
            part(gaps, "gap", "removed"),
            part(trailingBlanks, "trailing blank", "stripped"),
            part(modifiedResidues, "modified residue", "read as X"),
            part(coilLetters, "label", "read as C"),
            part(chainBreaks, "chain break", "closed up"),
            part(maskedLabels, "label", "masked"),
            part(unusedLabels, "record", "of labelled FASTA taken without its labels"),
        ].compactMap(\.self)
    }

    private func part(_ letters: [Character: Int], _ noun: String, _ done: String) -> String? {
        let names = letters.keys.sorted().map(String.init).joined(separator: ", ")
        return part(letters.values.reduce(0, +), noun, "(\(names)) \(done)")
    }

    private func part(_ count: Int, _ what: String) -> String? { count == 0 ? nil : "\(grouped(count)) \(what)" }

    private func part(_ count: Int, _ noun: String, _ done: String) -> String? {
        count == 0 ? nil : "\(counted(count, noun)) \(done)"
    }
}
