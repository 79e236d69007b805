import StrandBytes

/// The records of a labelled FASTA file, plain or gzipped, one at a time, in memory bounded by the longest record.
///
/// A record has three lines: `>` and header, sequence, labels. Blank lines between records are skipped. A stop (`*`) at
/// the end of a sequence is stripped together with its label; gaps are errors. Making a reader does no I/O. After an
/// error, stop reading.
/// ```swift
/// var reader = LabelledFASTAReader(.file("cb513.ssfa"), alphabet: Array("HGIEBTSC".utf8))
/// while let record = try reader.next() { print(record.id, record.labels.count) }
/// ```
public struct LabelledFASTAReader: ~Copyable, RecordReader {
    private var lines: RecordLines
    private var scanner = ResidueScanner(gapRule: .forbidden)
    private let alphabet: LabelAlphabet
    /// Length of the last record's labels.
    private var labelCount = 0

    /// A reader of `source`.
    ///
    /// - Parameters:
    ///   - alphabet: the accepted labels besides `-`; nil accepts every printable ASCII character.
    ///   - chunkSize: bytes to read from the system at a time.
    public init(
        _ source: ByteSource, alphabet: [UInt8]? = nil, chunkSize: Int = ByteReader.defaultChunkSize
    ) {
        self.init(ByteReader(source, chunkSize: chunkSize), alphabet: alphabet)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, alphabet: [UInt8]? = nil) {
        lines = RecordLines(LineReader(bytes))
        self.alphabet = LabelAlphabet(alphabet)
    }

    /// Repairs in the records so far, or since `takeRepairs()`.
    public var repairs: SequenceRepairs { scanner.repairs }

    /// Returns `repairs` and resets them.
    public mutating func takeRepairs() -> SequenceRepairs { scanner.takeRepairs() }

    /// The number of the line read last, from 1: that of a record's labels.
    public var line: Int? { lines.lineNumber }

    /// The next record, or nil after the last.
    ///
    /// - Throws: `noRecords` for an empty input, `emptyRecord`, `missingHeader`, `missingLabels`, `extraLine`,
    ///   `labelCount`, `unknownLabel`, a letter error in the sequence, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> LabelledFASTARecord? {
        guard let header = try nextHeader() else { return nil }
        var sequence = try nextSequence(of: header)
        var labels = try nextLabels(of: header)
        guard labels.count == sequence.count else {
            throw lines.error(.chain(.labelCount(labels: labels.count, residues: sequence.count)))
        }
        labelCount = labels.count
        labels.removeLast(scanner.finish(&sequence))
        if sequence.isEmpty { throw lines.error(.chain(.emptyRecord), line: header.line) }
        return LabelledFASTARecord(header: header.bytes, sequence: sequence, labels: labels)
    }

    /// The next header. A further line as long as the labels is named for what it is.
    private mutating func nextHeader() throws(FormatError) -> RecordHeader? {
        do throws(FormatError) { return try lines.nextRecord() } catch {
            guard case ChainProblem.extraLine(_, let length) = error.problem.kind, length == labelCount else {
                throw error
            }
            throw lines.error(.chain(.fourthLine))
        }
    }

    /// After an error whose problem `isOfRecord`, skips to the end of that record, so that the next can be read.
    /// - Throws: as `next()`; then call it again.
    public mutating func skipRecord() throws(FormatError) { try lines.skipRecord() }

    private mutating func nextSequence(of header: RecordHeader) throws(FormatError) -> [UInt8] {
        guard let line = try lines.nextBodyLine(), !line.isBlankLine else {
            throw lines.error(.chain(.emptyRecord), line: header.line)
        }
        var sequence: [UInt8] = []
        try lines.append(line, to: &sequence, checkedBy: &scanner)
        return sequence
    }

    private mutating func nextLabels(of header: RecordHeader) throws(FormatError) -> [UInt8] {
        guard let line = try lines.nextBodyLine(), !line.isBlankLine else {
            throw lines.error(.chain(.missingLabels), line: header.line + 1)
        }
        let labels = scanner.stripTrailingBlanks(line)
        do throws(FormatError.Problem) {
            try alphabet.check(labels)
        } catch {
            throw lines.error(error)
        }
        return Array(labels)
    }
}

/// The sequences of labelled FASTA; labels are left out and counted.
public struct SequencesOfLabelledFASTA: ~Copyable, RecordReader {
    private var reader: LabelledFASTAReader
    private var unusedLabels = 0

    /// The sequences in the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        reader = LabelledFASTAReader(bytes)
    }

    public mutating func next() throws(FormatError) -> FASTARecord? {
        guard let record = try reader.next() else { return nil }
        unusedLabels += 1
        return FASTARecord(header: record.header, sequence: record.sequence)
    }

    public mutating func skipRecord() throws(FormatError) { try reader.skipRecord() }

    public mutating func takeRepairs() -> SequenceRepairs {
        var repairs = reader.takeRepairs()
        repairs.unusedLabels = unusedLabels
        unusedLabels = 0
        return repairs
    }
}
