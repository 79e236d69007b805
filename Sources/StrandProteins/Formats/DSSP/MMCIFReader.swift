import StrandBytes

/// The chains of mmCIF files with DSSP states, as `mkdssp --output-format mmcif` writes them, plain or gzipped,
/// one at a time, in memory bounded by the residues of an entry.
///
/// A polypeptide has its full sequence; residues without coordinates, or without all backbone atoms, are labelled
/// `-`. Modified residues are X, selenomethionine too, as in DSSP's own format. Coil and poly-proline are labelled `C`.
/// A chain is named after the entry and the author's chain id, as `1aki-A`.
///
/// States come from `_dssp_struct_summary` if present (`mkdssp --write-experimental`, and mkdssp from 4.4 on), one row
/// per residue. Otherwise they come from the ranges of `_struct_conf`, where bridges and strands share a name: a
/// range of one residue is a bridge (B), a longer one a strand (E), so that two bridges side by side become a strand.
/// ```swift
/// var reader = MMCIFReader(.file("1aki.cif.gz"))
/// while let chain = try reader.next() { print(chain.id, chain.sequence.count) }
/// ```
public struct MMCIFReader: ~Copyable, RecordReader {
    private var rows: CIFRows
    /// Chains of the entry still to be returned.
    private var chains: ArraySlice<LabelledFASTARecord> = []
    /// The name of the block whose rows follow.
    private var block: String?
    private var isOpen = false

    private var repairs = SequenceRepairs()

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        rows = CIFRows(bytes, items: MMCIFEntry.items)
    }

    /// Residues of poly-proline, labelled as coil, and residues other than the 20 amino acids, read as X, since the last
    /// call.
    public mutating func takeRepairs() -> SequenceRepairs { repairs.take() }

    /// The next chain, or nil after the last.
    ///
    /// - Throws: `noDSSP` for an entry without states, `noResidues` for one without a polypeptide, `missingSection` for
    ///   one without a required category, `unexpected`, `earlyEnd`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> LabelledFASTARecord? {
        if !isOpen { try open() }
        while chains.isEmpty, let name = block {
            var entry = MMCIFEntry(name: name.isEmpty ? rows.source.structureName : name)
            try read(into: &entry)
            try finish(entry)
        }
        return chains.popFirst()
    }

    private mutating func open() throws(FormatError) {
        isOpen = true
        guard case .block(let name) = try rows.next() else {
            throw rows.error(.text(.earlyEnd(expected: "'data_' and the name of an entry")))
        }
        block = name
    }

    /// Reads to the end of the block.
    private mutating func read(into entry: inout MMCIFEntry) throws(FormatError) {
        block = nil
        while let event = try rows.next() {
            switch event {
            case .block(let name):
                block = name
                return
            case .row(let category, let cells):
                do throws(FormatError.Problem) { try entry.add(cells, of: category) } catch { throw rows.error(error) }
            }
        }
    }

    private mutating func finish(_ entry: MMCIFEntry) throws(FormatError) {
        do throws(FormatError.Problem) {
            for chain in try entry.chains() {
                var labels = chain.labels
                labels.readAsCoil([DSSPState.polyproline], repairs: &repairs)
                repairs.modifiedResidues += chain.sequence.count { $0 == UInt8(ascii: "X") }
                chains.append(
                    LabelledFASTARecord(
                        header: try StructureName.header(entry: entry.name, chain: chain.id),
                        sequence: chain.sequence, labels: labels))
            }
        } catch {
            throw FormatError(file: rows.source.name, record: entry.name, problem: error)
        }
    }
}
