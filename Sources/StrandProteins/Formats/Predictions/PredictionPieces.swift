import StrandBytes

/// The records of an output of `strand label` or `strand read`, as bytes: for joining outputs without parsing them.
///
/// The format is recognised by the first line. Bytes are unchanged, except for line ends, which become LF.
public struct PredictionPieces: ~Copyable, RecordReader {
    /// How a record starts in a format.
    private enum Start {
        /// Every line is a record.
        case line
        /// Every line but the names of columns.
        case row
        /// A line with this prefix.
        case prefix([UInt8])
        /// A row whose position, in this column, is 1.
        case position(column: Int, separator: UInt8)
    }

    private var lines: LineReader
    private var start: Start?
    /// The format's name; empty if there is not a line.
    public private(set) var format = ""
    /// The first line of the next record.
    private var ahead: [UInt8]?
    /// The text before the first record, such as column names; known after the first call of `next()`.
    public private(set) var preamble: [UInt8] = []

    /// The records of `source`. Does no I/O.
    /// - Parameter chunkSize: bytes to read from the system at a time.
    public init(_ source: ByteSource, chunkSize: Int = ByteReader.defaultChunkSize) {
        self.init(ByteReader(source, chunkSize: chunkSize))
    }

    /// The records in the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    /// The source's name in errors.
    public var name: String { lines.name }

    /// The next record, or nil after the last.
    /// - Throws: `unknownPieces` for an unknown format, `cutPiece` for a record that ends early, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> [UInt8]? {
        if start == nil { try open() }
        guard var record = ahead else { return nil }
        ahead = nil
        record.append(newline)
        while let line = try lines.next() {
            if isStart(line) {
                ahead = Array(line)
                break
            }
            record += line
            record.append(newline)
        }
        if ahead == nil, lines.isCut || !isWhole(record) {
            throw FormatError(file: lines.name, line: lines.lineNumber, problem: .chain(.cutPiece))
        }
        return record
    }

    /// Whether the last record is whole, as far as the format shows it.
    private func isWhole(_ record: [UInt8]) -> Bool {
        let lines = record.split(separator: newline, omittingEmptySubsequences: false)
        // Blocks, for people, begin as labelled FASTA does.
        guard format == Self.labelledFASTA, lines[1].first?.isBlank != true else { return true }
        return lines.count == 4 && lines[1].count == lines[2].count
    }

    private static let labelledFASTA = "labelled FASTA"

    private mutating func open() throws(FormatError) {
        while let line = try lines.next() {
            if start == nil { (format, start) = try Self.start(of: line, name: lines.name) }
            if isStart(line) {
                ahead = Array(line)
                return
            }
            preamble += line
            preamble.append(newline)
        }
        start = start ?? .line
    }

    private static func start(
        of line: ArraySlice<UInt8>, name: String
    ) throws(FormatError) -> (format: String, start: Start) {
        let text = String(decoding: line, as: UTF8.self)
        if line.first == UInt8(ascii: "{") {
            let states = text.contains("\"probabilities\":{") ? text.matches(of: /"(.)":\[/).map(\.1) : []
            return (states.isEmpty ? "JSON Lines" : "JSON Lines with the labels \(states.joined())", .line)
        }
        for (format, first, start) in [
            (labelledFASTA, ">", ">"), ("PSIPRED's .ss2", "# PSIPRED VFORMAT", "# PSIPRED"),
            ("PSIPRED's .horiz", "# PSIPRED HFORMAT", "# PSIPRED"), ("Stockholm", "# STOCKHOLM", "# STOCKHOLM"),
            ("GFF3", "##gff-version", "##sequence-region"),
            ("annotations for Jalview", "JALVIEW_ANNOTATION", "SEQUENCE_REF"),
        ] where text.hasPrefix(first) {
            return (format, .prefix(Array(start.utf8)))
        }
        if text.hasPrefix(PredictionFormat.summaryStart) { return ("a table of chains", .row) }
        for (format, separator, position) in [
            ("a table of residues", tab, "position"), ("a table of texts", tab, "rank"),
            ("NetSurfP's table", UInt8(ascii: ","), "n"),
        ] {
            let names = line.split(separator: separator, omittingEmptySubsequences: false)
            guard names.first.map({ $0.elementsEqual("id".utf8) }) == true,
                let column = names.firstIndex(where: { $0.elementsEqual(position.utf8) })
            else { continue }
            return (format, .position(column: column, separator: separator))
        }
        throw FormatError(file: name, line: 1, problem: .chain(.unknownPieces))
    }

    /// What tells a record from others, whatever its labels: the id of a table's rows and their number, a JSON object up
    /// to its labels, else the first two lines, such as header and sequence.
    public func key(of record: [UInt8]) -> [UInt8] {
        switch start {
        case .position(_, let separator):
            let rows = record.count { $0 == newline }
            return Self.cell(0, of: record[...], separator: separator) + Array(" \(rows)".utf8)
        case .row: return Array(Self.cell(0, of: record[...], separator: tab))
        case .line:
            return Array(record[..<(record.firstRange(of: Array(",\"labels\"".utf8))?.lowerBound ?? record.endIndex)])
        case .prefix, nil:
            return Array(record.split(separator: newline, maxSplits: 2).prefix(2).joined(separator: [newline]))
        }
    }

    private func isStart(_ line: ArraySlice<UInt8>) -> Bool {
        switch start {
        case .line: return true
        case .row: return !line.starts(with: PredictionFormat.summaryStart.utf8)
        case .prefix(let prefix): return line.starts(with: prefix)
        case .position(let column, let separator):
            return Self.cell(column, of: line, separator: separator).elementsEqual([UInt8(ascii: "1")])
        case nil: return false
        }
    }

    /// A cell of a row; quotation marks may enclose separators (RFC 4180).
    private static func cell(_ column: Int, of line: ArraySlice<UInt8>, separator: UInt8) -> ArraySlice<UInt8> {
        var (found, start, isQuoted) = (0, line.startIndex, false)
        for index in line.indices {
            if separator == UInt8(ascii: ","), line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard line[index] == separator, !isQuoted else { continue }
            if found == column { return line[start..<index] }
            found += 1
            start = index + 1
        }
        return found == column ? line[start...] : []
    }
}

private let newline = UInt8(ascii: "\n")
private let tab = UInt8(ascii: "\t")
