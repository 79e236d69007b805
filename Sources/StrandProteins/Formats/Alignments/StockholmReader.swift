import StrandBytes

/// The alignments of a Stockholm file, plain or gzipped, one at a time: each as its query with a profile.
///
/// An alignment begins with `# STOCKHOLM 1.` and ends with `//`; rows may come in blocks. The query is the first row or a
/// named one, with or without `/start-end`. Where there is a line `#=GC RF`, columns that it marks with a gap are those of
/// insertions. Memory is bounded as in `AlignedFASTAReader`.
struct StockholmReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let query: String?
    private var hasRead = false
    private var isInside = false

    /// A reader of the bytes that `bytes` has not read yet. Does no I/O.
    /// - Parameter query: the id of the rows that the profiles are made for; nil: the first of each alignment.
    init(_ bytes: consuming ByteReader, query: String? = nil) {
        lines = LineReader(bytes)
        self.query = query
    }

    /// The next alignment, or nil after the last.
    /// - Throws: `noAlignment`, `badRow`, `raggedRow`, `notAResidue`, `emptyQuery`, `missingQuery`, `truncated` for a file
    ///   that ends before `//`, or what `ByteReader` throws.
    mutating func next() throws(FormatError) -> ProfiledChain? {
        guard try findStart() else {
            if hasRead { return nil }
            throw FormatError(file: lines.name, problem: .alignment(.noAlignment))
        }
        (hasRead, isInside) = (true, true)
        var blocks = AlignmentBlocks(query: query)
        var reference: [UInt8] = []
        while let line = try lines.next() {
            if line.starts(with: "//".utf8) {
                isInside = false
                return try chain(blocks, reference)
            }
            if line.starts(with: "#=GC".utf8) {
                let words = line.words
                if words.count == 3, words[1].elementsEqual("RF".utf8) { reference += words[2] }
                continue
            }
            if line.first == UInt8(ascii: "#") || line.isBlankLine { continue }
            let words = line.words
            guard words.count == 2 else { throw error(.alignment(.badRow(expected: "a name and letters"))) }
            do throws(FormatError.Problem) {
                try blocks.add(words[1], to: words[0], line: lines.lineNumber)
            } catch { throw self.error(error) }
        }
        isInside = false
        throw error(.alignment(.cutAlignment))
    }

    /// Skips to the end of a faulty alignment.
    mutating func skipRecord() throws(FormatError) {
        while isInside, let line = try lines.next() { isInside = !line.starts(with: "//".utf8) }
        isInside = false
    }

    private func chain(_ blocks: AlignmentBlocks, _ reference: [UInt8]) throws(FormatError) -> ProfiledChain {
        do throws(FormatError.Problem) {
            let rows = try blocks.rows()
            let isInserted = reference.map {
                AlignedLetter.codes[Int($0)] == AlignedLetter.gap || $0 == UInt8(ascii: "_")
            }
            let columns = rows.queryRow?.letters.count ?? 0
            if !reference.isEmpty && reference.count != columns {
                throw .alignment(.raggedRow(columns: reference.count, expected: columns))
            }
            return try rows.chain(.everyLetter, isInserted: reference.isEmpty ? nil : isInserted)
        } catch { throw self.error(error) }
    }

    private func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, problem: problem)
    }

    /// Moves past the first line of the next alignment; false at the end of the source.
    private mutating func findStart() throws(FormatError) -> Bool {
        while let line = try lines.next() {
            if line.starts(with: "# STOCKHOLM".utf8) { return true }
            if !line.isBlankLine { throw error(.alignment(.badRow(expected: "'# STOCKHOLM 1.0'"))) }
        }
        return false
    }
}
