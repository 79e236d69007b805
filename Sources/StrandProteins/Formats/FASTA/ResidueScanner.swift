import StrandBytes

/// How to treat the gaps `-` and `.` in a sequence.
enum GapRule {
    /// An error that offers to remove them.
    case refused
    /// An error; in this format they cannot be removed.
    case forbidden
    /// Removed and counted.
    case removed
}

/// The letter policy for sequences: checks each line, makes the agreed repairs and counts them.
///
/// Case is kept. Letters other than the 20 amino acids and X are kept and counted, because a model reads them as X.
/// Stops (`*`) are stripped from the end of the sequence and kept and counted inside. Blanks are stripped from the ends
/// of lines. Anything else is an error.
struct ResidueScanner {
    let gapRule: GapRule
    private(set) var repairs = SequenceRepairs()

    /// Returns the repairs and resets them.
    mutating func takeRepairs() -> SequenceRepairs { repairs.take() }
    private var stopsInSequence = 0

    /// Counts a record by how many residues its lines have, of the first four.
    mutating func countRecord(lines: [Int]) { repairs.countRecord(lines: lines) }

    init(gapRule: GapRule) {
        self.gapRule = gapRule
    }

    /// Appends the residues of `line` to `sequence`.
    mutating func append(_ line: ArraySlice<UInt8>, to sequence: inout [UInt8]) throws(FormatError.Problem) {
        var found: ResidueClass = []
        for byte in line { found.formUnion(ResidueClass.table[Int(byte)]) }
        let count = sequence.count
        if found.isSubset(of: .notANucleotide) {
            sequence += line
        } else {
            try appendByLetter(line, to: &sequence)
        }
        repairs.countResidues(sequence.count - count, areNucleotides: !found.contains(.notANucleotide))
    }

    /// Ends the sequence: strips its trailing stops and returns how many there were.
    mutating func finish(_ sequence: inout [UInt8]) -> Int {
        let trailing = sequence.reversed().prefix { $0 == UInt8(ascii: "*") }.count
        sequence.removeLast(trailing)
        repairs.trailingStops += trailing
        repairs.innerStops += stopsInSequence - trailing
        stopsInSequence = 0
        return trailing
    }

    /// Returns `line` without its trailing blanks, and counts them.
    mutating func stripTrailingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let count = line.reversed().prefix(while: \.isBlank).count
        repairs.trailingBlanks += count
        return line.dropLast(count)
    }

    private mutating func appendByLetter(
        _ line: ArraySlice<UInt8>, to sequence: inout [UInt8]
    ) throws(FormatError.Problem) {
        if line.first == UInt8(ascii: ";") { throw .chain(.commentLine) }
        let line = stripTrailingBlanks(line)
        for index in line.indices where try countAndKeep(line, index) { sequence.append(line[index]) }
    }

    /// Counts a byte of a line if it is a repair or read as X, and returns whether it stays in the sequence.
    private mutating func countAndKeep(_ line: ArraySlice<UInt8>, _ index: Int) throws(FormatError.Problem) -> Bool {
        let (byte, column) = (line[index], index - line.startIndex + 1)
        switch ResidueClass.table[Int(byte)].subtracting(.notANucleotide) {
        case .unknownLetter: repairs.countUnknown(letter: byte)
        case .stop: stopsInSequence += 1
        case .gap:
            if gapRule != .removed { throw .chain(.gap(byte, column: column, isRemovable: gapRule == .refused)) }
            repairs.gaps += 1
            return false
        case .blank: throw .chain(.innerBlank(column: column))
        case .notALetter: throw .chain(.notALetter(byte, column: column))
        case .binary: throw .text(TextProblem(notText: line, at: index))
        default: break
        }
        return true
    }
}
