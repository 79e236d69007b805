import StrandBytes

/// The alignments of a file in A3M, A2M or aligned FASTA, plain or gzipped, one at a time: each as its query with a
/// profile.
///
/// Rows are records of FASTA; the query is the first or a named one. If all rows have equally many letters after
/// lower-case letters and dots are left out, the file is A3M or A2M, and those are insertions; if all rows are equally
/// long, it is aligned FASTA. A line that begins with `#`, or a byte NUL as in databases of MMseqs2 and ColabFold, ends an
/// alignment. HH-suite's rows `ss_pred`, `ss_conf`, `ss_dssp`, `sa_dssp`, `aa_dssp`, `aa_pred` and consensus rows are not
/// sequences and are left out. Memory is bounded: of more than 16,384 rows every second one is left out.
struct AlignedFASTAReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let query: String?
    /// The header of the row to come, and that of the first row of the next alignment where it was read already.
    private var header, following: (bytes: [UInt8], line: Int)?
    /// Whether the end of the current alignment has not been read yet.
    private var isInside = false
    private var hasRead = false

    /// A reader of the bytes that `bytes` has not read yet. Does no I/O.
    /// - Parameter query: the id of the rows that the profiles are made for; nil: the first of each alignment.
    init(_ bytes: consuming ByteReader, query: String? = nil) {
        lines = LineReader(bytes)
        self.query = query
    }

    /// The next alignment, or nil after the last.
    /// - Throws: `noAlignment` for an empty input, `missingHeader`, `raggedRow`, `emptyRow`, `notAResidue`, `emptyQuery`,
    ///   `missingQuery`, `joinedChains`, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> ProfiledChain? {
        guard try findHeader() else {
            if hasRead { return nil }
            throw FormatError(file: lines.name, problem: .alignment(.noAlignment))
        }
        hasRead = true
        isInside = true
        var rows = AlignmentRows(query: query)
        var layout = LayoutCheck()
        while let start = header.take() {
            let isWanted = !start.bytes.isAnnotation && rows.admits(id: RecordHeader.id(of: start.bytes))
            let row = AlignmentRows.Row(
                header: start.bytes, letters: try nextLetters(areWanted: isWanted), line: start.line)
            if !isWanted { continue }
            do throws(FormatError.Problem) { try layout.check(row.letters) } catch { throw self.error(error, in: row) }
            rows.add(row)
        }
        do throws(FormatError.Problem) {
            return try rows.chain(layout.layout)
        } catch { throw self.error(error, in: rows.queryRow) }
    }

    /// Skips to the end of a faulty alignment.
    mutating func skipRecord() throws(FormatError) {
        header = nil
        while isInside {
            _ = try nextLetters(areWanted: false)
            if isInside { header = nil }
        }
    }

    private func error(_ problem: FormatError.Problem, in row: AlignmentRows.Row?) -> FormatError {
        let id = row.map { RecordHeader.id(of: $0.header) } ?? ""
        return FormatError(file: lines.name, line: row?.line, record: id.isEmpty ? nil : id, problem: problem)
    }

    /// Finds the first header of the next alignment; false at the end of the source.
    private mutating func findHeader() throws(FormatError) -> Bool {
        header = following.take()
        while header == nil, let line = try lines.next() {
            let text = line.drop { $0 == 0 }
            if text.isBlankLine { continue }
            switch text[text.startIndex] {
            case UInt8(ascii: ">"): header = (Array(text.dropFirst()), lines.lineNumber)
            case UInt8(ascii: "#"):
                // ColabFold: the lengths of the chains that are joined, a tab, how often each occurs.
                let lengths = text.dropFirst().prefix { $0 != UInt8(ascii: "\t") }
                let isJoined = lengths.contains(UInt8(ascii: ",")) && lengths.allSatisfy { (0x2C...0x39).contains($0) }
                guard isJoined else { continue }
                isInside = true
                throw FormatError(file: lines.name, line: lines.lineNumber, problem: .alignment(.joinedChains))
            case let found:
                throw FormatError(
                    file: lines.name, line: lines.lineNumber, problem: .chain(.missingHeader(found: found)))
            }
        }
        return header != nil
    }

    /// The letters of the current row, to its end. Sets `header` if another row follows in this alignment.
    private mutating func nextLetters(areWanted: Bool) throws(FormatError) -> [UInt8] {
        var letters: [UInt8] = []
        while let line = try lines.next() {
            switch line.first {
            case UInt8(ascii: ">"):
                header = (Array(line.dropFirst()), lines.lineNumber)
                return letters
            case UInt8(ascii: "#"):
                isInside = false
                return letters
            case 0:
                isInside = false
                let text = line.drop { $0 == 0 }
                if text.first == UInt8(ascii: ">") { following = (Array(text.dropFirst()), lines.lineNumber) }
                return letters
            default: if areWanted { letters += line.withoutOuterBlanks }
            }
        }
        isInside = false
        return letters
    }
}

/// Finds out which letters have a column, and whether all rows have equally many.
private struct LayoutCheck {
    /// Columns of the first row in either layout, and whether all rows so far have as many.
    private var candidates: [(layout: AlignmentLayout, columns: Int, fits: Bool)] = []

    /// Whether a row has a lower-case letter: without any, a dot is a gap.
    private var hasLowerCase = false

    /// The layout that fits all rows so far; where both do, A3M's if there are insertions.
    var layout: AlignmentLayout {
        let fitting = candidates.filter(\.fits).map(\.layout)
        return fitting.count == 1 ? fitting[0] : hasLowerCase ? .insertionsInLowerCase : .everyLetter
    }

    /// - Throws: `raggedRow`, `emptyRow`, `notAResidue`.
    mutating func check(_ letters: [UInt8]) throws(FormatError.Problem) {
        if letters.isEmpty { throw .alignment(.emptyRow) }
        if let index = letters.firstIndex(where: { AlignedLetter.codes[Int($0)] == AlignedLetter.invalid }) {
            throw .alignment(.notAResidue(letters[index], column: index + 1))
        }
        if candidates.isEmpty {
            // The first row of A3M has columns of residues.
            let hasUpperCase = letters.contains { (0x41...0x5A).contains($0) }
            candidates = [
                (.insertionsInLowerCase, AlignmentLayout.insertionsInLowerCase.columnCount(of: letters), hasUpperCase),
                (.everyLetter, AlignmentLayout.everyLetter.columnCount(of: letters), true),
            ]
        }
        hasLowerCase = hasLowerCase || letters.contains { (0x61...0x7A).contains($0) }
        let before = candidates.first(where: \.fits)
        for index in candidates.indices where candidates[index].fits {
            candidates[index].fits = candidates[index].layout.columnCount(of: letters) == candidates[index].columns
        }
        guard let before, !candidates.contains(where: \.fits) else { return }
        let columns = before.layout.columnCount(of: letters)
        throw .alignment(.raggedRow(columns: columns, expected: before.columns))
    }
}

extension [UInt8] {
    /// Whether the header is that of a row that HH-suite adds to the sequences.
    fileprivate var isAnnotation: Bool {
        let id = RecordHeader.idBytes(of: self)
        return Self.annotations.contains { id.elementsEqual($0.utf8) }
            || id.reversed().starts(with: "_consensus".utf8.reversed())
    }

    private static let annotations = ["ss_pred", "ss_conf", "ss_dssp", "sa_dssp", "sa_pred", "aa_dssp", "aa_pred"]
}
