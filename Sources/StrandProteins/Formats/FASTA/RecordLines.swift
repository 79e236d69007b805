import StrandBytes

/// The lines of a file of records that start with `>`.
struct RecordLines: ~Copyable {
    private var lines: LineReader
    private var header: RecordHeader?
    private var nextHeader: RecordHeader?
    /// Whether the end was reached without a record, and reported.
    private var isEnded = false
    /// What is wrong with the next record's header.
    private var nextFault: FormatError?

    init(_ lines: consuming LineReader) {
        self.lines = lines
    }

    /// Number of the line read last, from 1.
    var lineNumber: Int { lines.lineNumber }

    /// Advances to the next record and returns its header, or nil after the last. Skips blank lines.
    mutating func nextRecord() throws(FormatError) -> RecordHeader? {
        while nextHeader == nil, let line = try nextBodyLine() {
            if !line.isBlankLine { throw unexpected(line) }
        }
        if let fault = nextFault.take() { throw fault }
        guard let found = nextHeader else {
            if header == nil, !isEnded {
                isEnded = true
                throw FormatError(file: lines.name, problem: .chain(.noRecords))
            }
            return nil
        }
        header = found
        nextHeader = nil
        return found
    }

    /// Whether the next record is buffered to its end, or more of the source is there; waits at most that long.
    func isNextRecordNear(withinMilliseconds patience: Int) -> Bool {
        nextHeader == nil || lines.isHere(lineStartingWith: UInt8(ascii: ">"))
            || lines.isReady(withinMilliseconds: patience)
    }

    /// The next line of the record, or nil at its end.
    mutating func nextBodyLine() throws(FormatError) -> ArraySlice<UInt8>? {
        guard nextHeader == nil, nextFault == nil, let line = try lines.next() else { return nil }
        guard line.first == UInt8(ascii: ">") else { return line }
        do throws(FormatError.Problem) {
            nextHeader = try RecordHeader(line, number: lines.lineNumber)
        } catch {
            nextFault = FormatError(file: lines.name, line: lines.lineNumber, problem: error)
        }
        return nil
    }

    /// Skips to the end of an unreadable record.
    mutating func skipRecord() throws(FormatError) {
        while try nextBodyLine() != nil {}
    }

    /// Appends the residues of `line`, the line read last, to `sequence`.
    func append(
        _ line: ArraySlice<UInt8>, to sequence: inout [UInt8], checkedBy scanner: inout ResidueScanner
    ) throws(FormatError) {
        do throws(FormatError.Problem) {
            try scanner.append(line, to: &sequence)
        } catch {
            throw self.error(error)
        }
    }

    /// An error in the current record, by default at the line read last.
    func error(_ problem: FormatError.Problem, line: Int? = nil) -> FormatError {
        let id = header.map { RecordHeader.id(of: $0.bytes) } ?? ""
        return FormatError(
            file: lines.name, line: line ?? lines.lineNumber, record: id.isEmpty ? nil : id, problem: problem)
    }

    private func unexpected(_ line: ArraySlice<UInt8>) -> FormatError {
        if let index = line.firstIndex(where: { ResidueClass.table[Int($0)] == .binary }) {
            return error(.text(TextProblem(notText: line, at: index)))
        }
        let found = line[line.startIndex]
        if found == UInt8(ascii: ";") { return error(.chain(.commentLine)) }
        if header == nil { return error(.chain(.missingHeader(found: found))) }
        return error(.chain(.extraLine(found: found, length: line.withoutOuterBlanks.count)))
    }
}
