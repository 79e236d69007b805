import StrandBytes

/// The chains with labels of a file in any format that `ChainFormat` knows, plain or gzipped, one at a time, in memory
/// bounded by the longest chain; of mmCIF, by an entry.
///
/// The format is recognised by its content. Labels and residues come unchanged, but for what `takeRepairs()` counts.
/// Making a reader does no I/O; after an error, stop reading.
/// ```swift
/// var reader = ChainReader(.file("1aki.ss2"))
/// while let chain = try reader.next() { print(chain.id, chain.labels.count) }
/// ```
/// PSIPRED's formats name no chain. The id is then the name of the file, without folder, `.gz`, `.ss2` and `.horiz`,
/// unless a line `# >header` follows the first line; with such lines a file may hold several predictions.
public struct ChainReader: ~Copyable, RecordReader {
    private var bytes: ByteReader?
    private let states: StateCount
    private var reader: AnyReader<LabelledChain, SequenceRepairs>?

    /// The format, after the first call of `next()`.
    public private(set) var format: ChainFormat?

    /// A reader of `source`. Does no I/O.
    ///
    /// - Parameters:
    ///   - states: which labels of NetSurfP's table to read if it has both, q3 or q8; other formats ignore this.
    ///   - chunkSize: bytes to read from the system at a time.
    public init(
        _ source: ByteSource, states: StateCount = .eight, chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), states: states)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, states: StateCount = .eight) {
        self.bytes = .some(bytes)
        self.states = states
    }

    /// What was changed or left out since the last call.
    public mutating func takeRepairs() -> SequenceRepairs { reader?.takeRepairs() ?? SequenceRepairs() }

    public var line: Int? { reader?.line }

    /// The next chain, or nil after the last.
    ///
    /// - Throws: `foreign`, `unlabelled`, `unknownChains`, `noChains` for an empty file, what `LabelledFASTAReader`,
    ///   `DSSPReader` and `MMCIFReader` throw, `invalidJSON`, `missingMember`, `labelCount`, `probabilityCount`,
    ///   `columnCount`, `unexpected` for a position out of order or a cell of the wrong kind, `notANumber`,
    ///   `emptyPrediction`, `unnamedPrediction`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> LabelledChain? {
        if reader == nil { try open() }
        var chain = try reader?.next()
        if format == .dssp || format == .mmcif { chain?.showsEightStates = true }
        return chain
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        guard let format = try ChainFormat(lookingAt: &bytes, wantsLabels: true) else {
            let start = try bytes.lookAhead(1 << 10)
            let isEmpty = start.count < 1 << 10 && start.withoutInvisibleStart.isEmpty
            throw FormatError(file: bytes.name, problem: .chain(isEmpty ? .noChains : .unknownChains))
        }
        self.format = format
        reader =
            switch format {
            case .fasta: throw FormatError(file: bytes.name, problem: .chain(.unlabelled))
            case .labelledFASTA: AnyReader(ChainRecords(LabelledFASTAReader(bytes)))
            case .jsonl: AnyReader(PredictedJSONReader(bytes))
            case .ss2: AnyReader(VerticalPredictionReader(bytes))
            case .horiz: AnyReader(HorizontalPredictionReader(bytes))
            case .tsv, .netsurfp: AnyReader(PredictedTableReader(bytes, format: format, states: states))
            case .table: AnyReader(ChainTableReader(bytes))
            case .dssp: AnyReader(ChainRecords(DSSPReader(bytes)))
            case .mmcif: AnyReader(ChainRecords(MMCIFReader(bytes)))
            }
    }
}

/// A reader of one format of chains.
protocol ChainSource: RecordReader, ~Copyable where Record == LabelledChain, Repairs == SequenceRepairs {}

extension ChainSource where Self: ~Copyable {
    /// No repairs: most formats repair nothing.
    mutating func takeRepairs() -> SequenceRepairs { SequenceRepairs() }
}

/// The records of a format that has residues and labels, as chains.
struct ChainRecords<Reader: RecordReader & ~Copyable>: ~Copyable, ChainSource
where Reader.Record == LabelledFASTARecord, Reader.Repairs == SequenceRepairs {
    private var reader: Reader

    init(_ reader: consuming Reader) {
        self.reader = reader
    }

    var line: Int? { reader.line }

    mutating func takeRepairs() -> SequenceRepairs { reader.takeRepairs() }

    mutating func next() throws(FormatError) -> LabelledChain? {
        guard let record = try reader.next() else { return nil }
        return LabelledChain(id: record.id, header: record.header, sequence: record.sequence, labels: record.labels)
    }
}
