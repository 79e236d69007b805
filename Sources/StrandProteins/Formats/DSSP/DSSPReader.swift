import StrandBytes

/// The chains of a file in DSSP's own fixed columns, plain or gzipped, one at a time, in memory bounded by the longest.
///
/// A chain is named after the entry and its id, as `1aki-A`; without an entry id, after the file. Only residues with
/// coordinates are listed: at a break (`!`) the chain closes up, since nothing says which residues are missing, and the
/// break is counted. Coil (blank) and poly-proline (`P`) are labelled `C`, half cystines (lower case) are read as C.
/// Files may be concatenated. Making a reader does no I/O; after an error, stop reading.
/// ```swift
/// var reader = DSSPReader(.file("1aki.dssp.gz"))
/// while let chain = try reader.next() { print(chain.id, chain.sequence.count) }
/// ```
public struct DSSPReader: ~Copyable, RecordReader {
    /// A chain as read so far.
    private struct Chain {
        let header: [UInt8]
        let id: String
        var sequence: [UInt8] = []
        var labels: [UInt8] = []
    }

    private var lines: LineReader
    private var table: DSSPTable?
    private var entry = ""
    /// The first residue of the next chain.
    private var pending: DSSPTable.Row?
    private var hasChains = false

    private var repairs = SequenceRepairs()
    /// Residues that the entry says it has, where it does, and those read of it.
    private var (expectedResidues, foundResidues) = (0, 0)

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// Breaks within chains, and residues of poly-proline, labelled as coil, since the last call.
    public mutating func takeRepairs() -> SequenceRepairs { repairs.take() }

    /// The next chain, or nil after the last.
    ///
    /// - Throws: `missingSection` without a table heading, `earlyEnd` if the table is cut, `unexpected` for a line that is not a row or holds an
    ///   unknown residue or state, `noResidues`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> LabelledFASTARecord? {
        if table == nil { try readPreamble() }
        var chain: Chain?
        var isAfterGap = false
        while let row = try nextRow() {
            switch row {
            case .gap: isAfterGap = chain != nil
            case .chainEnd: if let chain { return record(chain) }
            case .residue(let residue, let label, let id):
                if let chain, chain.id != id {
                    pending = row
                    return record(chain)
                }
                if chain == nil { chain = try start(id) }
                if isAfterGap { repairs.chainBreaks += 1 }
                isAfterGap = false
                chain!.sequence.append(residue)
                chain!.labels.append(label)
            }
        }
        if let chain { return record(chain) }
        if !hasChains { throw FormatError(file: lines.name, problem: .chain(.noResidues)) }
        return nil
    }

    private func start(_ id: String) throws(FormatError) -> Chain {
        do throws(FormatError.Problem) {
            return Chain(header: try StructureName.header(entry: entry, chain: id), id: id)
        } catch {
            throw FormatError(file: lines.name, line: lines.lineNumber, record: entry, problem: error)
        }
    }

    private mutating func record(_ chain: Chain) -> LabelledFASTARecord {
        hasChains = true
        var labels = chain.labels
        labels.readAsCoil([DSSPState.polyproline], repairs: &repairs)
        return LabelledFASTARecord(header: chain.header, sequence: chain.sequence, labels: labels)
    }

    private mutating func nextRow() throws(FormatError) -> DSSPTable.Row? {
        if let row = pending.take() { return row }
        while let line = try lines.next() {
            if line.isBlankLine { continue }
            if ChainFormat.isFirstLineOfDSSP(line) {
                try checkCount()
                try readPreamble()
                return .chainEnd
            }
            do throws(FormatError.Problem) {
                let row = try table!.row(line)
                if case .residue = row { foundResidues += 1 }
                return row
            } catch {
                throw FormatError(file: lines.name, line: lines.lineNumber, record: entry, problem: error)
            }
        }
        try checkCount()
        return nil
    }

    /// Checks at the end of an entry that it has the residues it says it has.
    private func checkCount() throws(FormatError) {
        if foundResidues < expectedResidues {
            let problem = FormatError.Problem.text(
                .earlyEnd(expected: "residue \(foundResidues + 1) of \(expectedResidues)"))
            throw FormatError(file: lines.name, line: lines.lineNumber, record: entry, problem: problem)
        }
    }

    /// Reads up to the rows, and the entry's id, at column 63 of `HEADER`.
    private mutating func readPreamble() throws(FormatError) {
        entry = lines.source.structureName
        (expectedResidues, foundResidues) = (0, 0)
        while let line = try lines.next() {
            if line.starts(with: "HEADER".utf8) {
                let id = line.dropFirst(62).prefix { !$0.isBlank }
                if !id.isEmpty, !id.elementsEqual(".".utf8) { entry = StructureName.entry(String(utf8OrLatin1: id)) }
            }
            if String(utf8OrLatin1: line).contains("TOTAL NUMBER OF RESIDUES") {
                expectedResidues = line.words.first.flatMap { Int(digits: $0) } ?? 0
            }
            table = DSSPTable(heading: line)
            if table != nil { return }
        }
        throw FormatError(file: lines.name, problem: .text(.missingSection(DSSPTable.heading)))
    }
}
