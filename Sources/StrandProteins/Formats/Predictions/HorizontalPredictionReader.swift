import StrandBytes

/// PSIPRED's horizontal format: lines `Conf:`, `Pred:`, `AA:` and a ruler for each 60 residues or fewer.
///
/// Confidences are dropped: there is one per residue, not one per state, and S4PRED's 10 takes two columns.
struct HorizontalPredictionReader: ~Copyable, PredictedChainSource {
    private var blocks: PSIPREDBlocks

    init(_ bytes: consuming ByteReader) {
        blocks = PSIPREDBlocks(bytes, format: .horiz)
    }

    mutating func next() throws(FormatError) -> PredictedChain? {
        guard try blocks.nextBlock() else { return nil }
        var residues = PredictedResidues(states: [])
        var labels: ArraySlice<UInt8> = []
        while let row = try blocks.nextRow() {
            do throws(FormatError.Problem) {
                try Self.take(row, &labels, &residues)
            } catch {
                throw blocks.error(error)
            }
        }
        if !labels.isEmpty { throw blocks.error(.text(.earlyEnd(expected: "a line 'AA:'"))) }
        return try blocks.chain(residues)
    }

    /// - Parameter labels: labels still waiting for their residues.
    private static func take(
        _ row: ArraySlice<UInt8>, _ labels: inout ArraySlice<UInt8>, _ residues: inout PredictedResidues
    ) throws(FormatError.Problem) {
        let text = row.withoutOuterBlanks
        if text.starts(with: "Pred:".utf8), labels.isEmpty {
            labels = ArraySlice(Array(text.dropFirst(5).withoutOuterBlanks))
        } else if text.starts(with: "AA:".utf8) {
            try add(text.dropFirst(3).withoutOuterBlanks, labels, to: &residues)
            labels = []
        } else if !text.starts(with: "Conf:".utf8) && !isRuler(text) {
            throw .text(
                .unexpected(
                    String(utf8OrLatin1: row), expected: labels.isEmpty ? "'Conf:' or 'Pred:'" : "'AA:'"))
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

    private static func isRuler(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0.isBlank }
    }
}
