import StrandBytes

/// The alignment of a Clustal file (`.aln`), plain or gzipped, as its query with a profile.
///
/// After a first line that begins with CLUSTAL (or MUSCLE, PROBCONS, MSAPROBS, KALIGN) come blocks of rows: a name, letters,
/// and, from some programs, how many residues so far. Lines of `*`, `:` and `.` below a block show what is conserved.
struct ClustalReader: ~Copyable, RecordReader {
    private var lines: LineReader
    private let query: String?
    private var hasRead = false

    /// What the first word of the first line may begin with.
    static let programs = ["CLUSTAL", "MUSCLE", "PROBCONS", "MSAPROBS", "KALIGN"]

    /// A reader of the bytes that `bytes` has not read yet. Does no I/O.
    /// - Parameter query: the id of the row that the profile is made for; nil: the first.
    init(_ bytes: consuming ByteReader, query: String? = nil) {
        lines = LineReader(bytes)
        self.query = query
    }

    /// The alignment; nil when it was read.
    /// - Throws: `noAlignment`, `badRow`, `raggedRow`, `notAResidue`, `emptyQuery`, `missingQuery`, or what `ByteReader`
    ///   throws.
    mutating func next() throws(FormatError) -> ProfiledChain? {
        if hasRead { return nil }
        hasRead = true
        guard let title = try firstLine() else {
            throw FormatError(file: lines.name, problem: .alignment(.noAlignment))
        }
        guard Self.programs.contains(where: { title.starts(with: $0.utf8) }) else {
            throw error(.alignment(.badRow(expected: "'CLUSTAL' and what the program adds")))
        }
        var blocks = AlignmentBlocks(query: query)
        while let line = try lines.next() {
            // Blank lines and those that show what is conserved begin with a blank.
            guard let first = line.first, !first.isBlank else { continue }
            let words = line.words
            let isCounted = words.count == 3 && words[2].allSatisfy { (0x30...0x39).contains($0) }
            guard words.count == 2 || isCounted else {
                throw error(.alignment(.badRow(expected: "a name and letters")))
            }
            do throws(FormatError.Problem) {
                try blocks.add(words[1], to: words[0], line: lines.lineNumber)
            } catch { throw self.error(error) }
        }
        do throws(FormatError.Problem) { return try blocks.rows().chain(.everyLetter) } catch {
            throw self.error(error)
        }
    }

    private mutating func firstLine() throws(FormatError) -> [UInt8]? {
        while let line = try lines.next() { if !line.isBlankLine { return Array(line) } }
        return nil
    }

    private func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(file: lines.name, line: lines.lineNumber, problem: problem)
    }
}
