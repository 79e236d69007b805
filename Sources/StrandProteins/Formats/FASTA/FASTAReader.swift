import StrandBytes

/// The records of a FASTA file, plain or gzipped, one at a time, in memory bounded by the longest record.
///
/// Making a reader does no I/O. Blank lines are skipped; comment lines (`;`) are errors. After an error,
/// stop reading, or continue after a faulty record with `skipRecord()`.
/// ```swift
/// var reader = FASTAReader(.file("proteome.fa.gz"))
/// while let record = try reader.next() { print(record.id, record.sequence.count) }
/// if !reader.repairs.isEmpty { print(reader.repairs) }
/// ```
public struct FASTAReader: ~Copyable, RecordReader {
    private var lines: RecordLines
    private var scanner: ResidueScanner

    /// A reader of `source`.
    ///
    /// - Parameters:
    ///   - ungap: whether to remove and count the gaps `-` and `.`, which are errors otherwise.
    ///   - chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, ungap: Bool = false, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize), ungap: ungap)
    }

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader, ungap: Bool = false) {
        lines = RecordLines(LineReader(bytes))
        scanner = ResidueScanner(gapRule: ungap ? .removed : .refused)
    }

    /// Repairs in the records so far, or since `takeRepairs()`.
    public var repairs: SequenceRepairs { scanner.repairs }

    /// Returns `repairs` and resets them.
    public mutating func takeRepairs() -> SequenceRepairs { scanner.takeRepairs() }

    /// Whether the next record can probably be read without waiting: more of the source arrives within this time.
    public func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        lines.isNextRecordNear(withinMilliseconds: patience)
    }

    /// The next record, or nil after the last.
    ///
    /// - Throws: `noRecords` for an empty input, `emptyRecord`, `missingHeader`, `labelsAmongSequences`, a letter error with line
    ///   and column, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> FASTARecord? {
        let repairsBefore = scanner
        do throws(FormatError) { return try record() } catch {
            scanner = repairsBefore
            throw error
        }
    }

    /// After an error whose problem `isOfRecord`, skips to the end of that record, so that the next can be read.
    /// - Throws: as `next()`; then call it again.
    public mutating func skipRecord() throws(FormatError) { try lines.skipRecord() }

    private mutating func record() throws(FormatError) -> FASTARecord? {
        guard let header = try lines.nextRecord() else { return nil }
        var sequence: [UInt8] = []
        var ends: [Int] = []
        while let line = try lines.nextBodyLine() {
            if line.isBlankLine { continue }
            try lines.append(line, to: &sequence, checkedBy: &scanner)
            if ends.count < 4 { ends.append(sequence.count) }
        }
        if ends.count == 2, FASTALayout.areSequenceAndLabels(sequence[..<ends[0]], sequence[ends[0]...]) {
            throw lines.error(.chain(.labelsAmongSequences), line: header.line)
        }
        scanner.countRecord(lines: zip(ends, [0] + ends).map { $0 - $1 })
        _ = scanner.finish(&sequence)
        if sequence.isEmpty { throw lines.error(.chain(.emptyRecord), line: header.line) }
        return FASTARecord(header: header.bytes, sequence: sequence)
    }
}
