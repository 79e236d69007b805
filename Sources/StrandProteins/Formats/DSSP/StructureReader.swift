import StrandBytes

/// The chains of a file with DSSP states in any format that `StructureFormat` knows, plain or gzipped.
///
/// The format is recognised by its content. Making a reader does no I/O; after an error, stop reading.
/// ```swift
/// var reader = StructureReader(.file("1aki.dssp"))
/// while let chain = try reader.next() { print(chain.id, chain.labels.count) }
/// ```
public struct StructureReader: ~Copyable, RecordReader {
    /// Bytes examined to recognise the format: few at first, for slow pipes, then enough for long comments.
    private static let lookAhead = [1 << 10, 1 << 16]

    private var bytes: ByteReader?
    private var dssp: DSSPReader?
    private var mmcif: MMCIFReader?

    /// The format, after the first call of `next()`.
    public private(set) var format: StructureFormat?

    /// A reader of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        self.bytes = .some(bytes)
    }

    /// Breaks so far in chains of DSSP's own format, which closes up there.
    public private(set) var chainBreaks = 0
    /// Residues so far whose state is poly-proline, labelled as coil.
    public private(set) var polyprolineResidues = 0
    /// Residues of mmCIF so far other than the 20 amino acids, read as X.
    public private(set) var modifiedResidues = 0

    /// The next chain, or nil after the last.
    /// - Throws: `unknownStructure`, or what `DSSPReader` and `MMCIFReader` throw.
    public mutating func next() throws(FormatError) -> LabelledFASTARecord? {
        if format == nil { try open() }
        switch format {
        case .dssp:
            let chain = try dssp!.next()
            (chainBreaks, polyprolineResidues) = dssp!.counts
            return chain
        case .mmcif:
            let chain = try mmcif!.next()
            (modifiedResidues, polyprolineResidues) = mmcif!.counts
            return chain
        case nil: return nil
        }
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        var found: StructureFormat?
        for count in Self.lookAhead where found == nil {
            found = StructureFormat(detecting: Array(try bytes.lookAhead(count)))
        }
        switch found {
        case .dssp: dssp = DSSPReader(bytes)
        case .mmcif: mmcif = MMCIFReader(bytes)
        case nil: throw FormatError(file: bytes.name, problem: .chain(.unknownStructure))
        }
        format = found
    }
}
