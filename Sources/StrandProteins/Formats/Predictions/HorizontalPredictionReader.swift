import StrandBytes

/// PSIPRED's horizontal format: lines `Conf:`, `Pred:`, `AA:` and a ruler for each 60 residues or fewer.
///
/// Confidences are dropped: there is one per residue, not one per state, and S4PRED's 10 takes two columns.
struct HorizontalPredictionReader: ~Copyable, ChainSource {
    private var blocks: PSIPREDBlocks

    init(_ bytes: consuming ByteReader) {
        blocks = PSIPREDBlocks(bytes, format: .horiz)
    }

    mutating func next() throws(FormatError) -> LabelledChain? {
        guard try blocks.nextBlock() else { return nil }
        var residues = PredictedResidues(states: [])
        var expected = Expected.block
        while let row = try blocks.nextRow() {
            do throws(FormatError.Problem) {
                expected = try Self.take(row, expected, &residues)
            } catch {
                throw blocks.error(error)
            }
        }
        switch expected {
        case .block, .ruler: return try blocks.chain(residues)
        case .prediction: throw blocks.error(.text(.earlyEnd(expected: "a line 'Pred:'")))
        case .residues: throw blocks.error(.text(.earlyEnd(expected: "a line 'AA:'")))
        }
    }

    /// What may follow; a ruler may be missing.
    private enum Expected {
        /// Confidences, which may be missing, or labels.
        case block
        case prediction
        case residues(labels: [UInt8])
        case ruler

        var description: String {
            switch self {
            case .block, .ruler: "'Conf:' or 'Pred:'"
            case .prediction: "'Pred:'"
            case .residues: "'AA:'"
            }
        }
    }

    /// Takes a line, and returns what may follow it.
    private static func take(
        _ row: ArraySlice<UInt8>, _ expected: Expected, _ residues: inout PredictedResidues
    ) throws(FormatError.Problem) -> Expected {
        let text = row.withoutOuterBlanks
        switch expected {
        case .block where text.starts(with: "Conf:".utf8), .ruler where text.starts(with: "Conf:".utf8):
            return .prediction
        case .block where text.starts(with: "Pred:".utf8), .prediction where text.starts(with: "Pred:".utf8),
            .ruler where text.starts(with: "Pred:".utf8):
            return .residues(labels: Array(text.dropFirst(5).withoutOuterBlanks))
        case .residues(let labels) where text.starts(with: "AA:".utf8):
            try add(text.dropFirst(3).withoutOuterBlanks, labels[...], to: &residues)
            return .ruler
        case .ruler where isRuler(text, upTo: residues.labels.count): return .block
        default: throw .text(.unexpected(String(utf8OrLatin1: row), expected: expected.description))
        }
    }

    private static func add(
        _ sequence: ArraySlice<UInt8>, _ labels: ArraySlice<UInt8>, to residues: inout PredictedResidues
    ) throws(FormatError.Problem) {
        guard sequence.count == labels.count else {
            throw .chain(.labelCount(labels: labels.count, residues: sequence.count))
        }
        for (residue, label) in zip(sequence.indices, labels.indices) {
            try residues.add(residue: sequence[residue...residue], label: labels[label...label])
        }
    }

    /// Whether the words are positions of tens, of a block that may be cut short.
    private static func isRuler(_ text: ArraySlice<UInt8>, upTo last: Int) -> Bool {
        text.words.allSatisfy { Int(digits: $0).map { $0 % 10 == 0 && $0 <= last + 60 } ?? false }
    }
}
