import StrandBytes

/// PSIPRED's vertical format: rows of index, residue, state, and the probabilities of coil, helix and strand.
struct VerticalPredictionReader: ~Copyable, ChainSource {
    private static let states = Array("CHE".utf8)

    private var blocks: PSIPREDBlocks

    init(_ bytes: consuming ByteReader) {
        blocks = PSIPREDBlocks(bytes, format: .ss2)
    }

    mutating func next() throws(FormatError) -> LabelledChain? {
        guard try blocks.nextBlock() else { return nil }
        var residues = PredictedResidues(states: Self.states)
        while let row = try blocks.nextRow() {
            do throws(FormatError.Problem) {
                try Self.add(row, to: &residues)
            } catch {
                throw blocks.error(error)
            }
        }
        return try blocks.chain(residues)
    }

    private static func add(_ row: ArraySlice<UInt8>, to residues: inout PredictedResidues) throws(FormatError.Problem)
    {
        let words = row.words
        guard words.count == 3 + states.count else {
            throw .text(
                .unexpected(
                    String(utf8OrLatin1: row), expected: "a row of index, residue, state and 3 probabilities"))
        }
        try residues.add(
            position: words[0], residue: words[1], label: words[2], probabilities: words.dropFirst(3))
    }
}
