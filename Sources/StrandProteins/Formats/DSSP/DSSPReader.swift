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

    /// Breaks within the chains so far.
    public private(set) var chainBreaks = 0
    /// Residues so far whose state is poly-proline, labelled as coil.
    public private(set) var polyprolineResidues = 0

    /// The counts. The getter mutates because a noncopyable reader inside an optional can be mutated but not borrowed.
    var counts: (Int, Int) { mutating get { (chainBreaks, polyprolineResidues) } }

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The next chain, or nil after the last.
    ///
    /// - Throws: `missingSection` without a table heading, `unexpected` for a line that is not a row or holds an
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
                if isAfterGap { chainBreaks += 1 }
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
        polyprolineResidues += labels.mapPolyproline()
        return LabelledFASTARecord(header: chain.header, sequence: chain.sequence, labels: labels)
    }

    private mutating func nextRow() throws(FormatError) -> DSSPTable.Row? {
        if let row = pending.take() { return row }
        while let line = try lines.next() {
            if line.isBlankLine { continue }
            if StructureFormat.isFirstLineOfDSSP(line) {
                try readPreamble()
                return .chainEnd
            }
            do throws(FormatError.Problem) {
                return try table!.row(line)
            } catch {
                throw FormatError(file: lines.name, line: lines.lineNumber, record: entry, problem: error)
            }
        }
        return nil
    }

    /// Reads up to the rows, and the entry's id, at column 63 of `HEADER`.
    private mutating func readPreamble() throws(FormatError) {
        entry = lines.source.structureName
        while let line = try lines.next() {
            if line.starts(with: "HEADER".utf8) {
                let id = line.dropFirst(62).prefix { !$0.isBlank }
                if !id.isEmpty, !id.elementsEqual(".".utf8) { entry = StructureName.entry(String(utf8OrLatin1: id)) }
            }
            table = DSSPTable(heading: line)
            if table != nil { return }
        }
        throw FormatError(file: lines.name, problem: .text(.missingSection(DSSPTable.heading)))
    }
}
