import StrandBytes

/// The chains of a file of predictions in any format that `PredictedChainFormat` knows, plain or gzipped, one at a time,
/// in memory bounded by the longest chain.
///
/// The format is recognised by its content. Labels and residues come unchanged: no letter is mapped to another. Making
/// a reader does no I/O; after an error, stop reading.
/// ```swift
/// var reader = PredictedChainReader(.file("1aki.ss2"))
/// while let chain = try reader.next() { print(chain.id, chain.labels.count) }
/// ```
/// PSIPRED's formats name no chain. The id is then the name of the file, without folder, `.gz`, `.ss2` and `.horiz`,
/// unless a line `# >header` follows the first line; with such lines a file may hold several predictions.
public struct PredictedChainReader: ~Copyable, RecordReader {
    /// Bytes examined to recognise the format: few, so that a slow pipe soon delivers them.
    private static let lookAhead = 1 << 10

    private var bytes: ByteReader?
    private let states: StateCount
    private var reader: AnyReader<PredictedChain, SequenceRepairs>?

    /// The format, after the first call of `next()`.
    public private(set) var format: PredictedChainFormat?

    /// A reader of `source`. Does no I/O.
    ///
    /// - Parameters:
    ///   - states: which labels of NetSurfP's table to read if it has both, q3 or q8; other formats have one kind
    ///     and ignore this.
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

    /// Repairs in the sequences of labelled FASTA since the last call; other formats have none.
    public mutating func takeRepairs() -> SequenceRepairs { reader?.takeRepairs() ?? SequenceRepairs() }

    /// The next chain, or nil after the last.
    ///
    /// - Throws: `unknownPredictions`, `noPredictions` for an empty file, what `LabelledFASTAReader` throws,
    ///   `invalidJSON`, `labelCount`, `probabilityCount`, `columnCount`, `unexpected` for a position out of order or a
    ///   cell of the wrong kind, `notANumber`, `emptyPrediction`, `unnamedPrediction`, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> PredictedChain? {
        if reader == nil { try open() }
        return try reader?.next()
    }

    private mutating func open() throws(FormatError) {
        guard var bytes = bytes.take() else { return }
        let format = try Self.detect(&bytes)
        self.format = format
        reader =
            switch format {
            case .labelledFASTA: AnyReader(PredictedFASTAReader(bytes))
            case .jsonl: AnyReader(PredictedJSONReader(bytes))
            case .ss2: AnyReader(VerticalPredictionReader(bytes))
            case .horiz: AnyReader(HorizontalPredictionReader(bytes))
            case .tsv, .netsurfp: AnyReader(PredictedTableReader(bytes, format: format, states: states))
            }
    }

    private static func detect(_ bytes: inout ByteReader) throws(FormatError) -> PredictedChainFormat {
        let start = Array(try bytes.lookAhead(lookAhead))
        if let format = PredictedChainFormat(detecting: start) { return format }
        let isEmpty = start.count < lookAhead && start.allSatisfy { $0 <= 0x20 }
        throw FormatError(file: bytes.name, problem: isEmpty ? .chain(.noPredictions) : .chain(.unknownPredictions))
    }
}

/// A reader of one format of predictions.
protocol PredictedChainSource: RecordReader, ~Copyable where Record == PredictedChain, Repairs == SequenceRepairs {}

extension PredictedChainSource where Self: ~Copyable {
    /// No repairs: most formats repair nothing.
    mutating func takeRepairs() -> SequenceRepairs { SequenceRepairs() }
}
