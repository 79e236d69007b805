import StrandBytes

/// The predictions of a file in PSIPRED's formats, each starting at a line such as `# PSIPRED VFORMAT`.
struct PSIPREDBlocks: ~Copyable {
    private var lines: LineReader
    private let mark: [UInt8]
    private var blockCount = 0
    /// Whether the line read last starts the next block.
    private var isAtStart = false
    private var header: [UInt8]?
    private var startLine = 0
    private var hasRows = false

    init(_ bytes: consuming ByteReader, format: ChainFormat) {
        lines = LineReader(bytes)
        mark = format.mark
    }

    /// Advances to the next block; returns false after the last.
    mutating func nextBlock() throws(FormatError) -> Bool {
        if blockCount == 0, let line = try nextRow() { throw unexpected(line) }
        guard isAtStart else { return false }
        isAtStart = false
        blockCount += 1
        startLine = lines.lineNumber
        header = nil
        hasRows = false
        return true
    }

    /// The next line of the block that is neither blank nor a comment, or nil at its end.
    mutating func nextRow() throws(FormatError) -> ArraySlice<UInt8>? {
        while !isAtStart, let line = try lines.next() {
            if line.starts(with: "# PSIPRED".utf8) {
                if !line.starts(with: mark) { throw unexpected(line) }
                isAtStart = true
            } else if line.first == UInt8(ascii: "#") {
                try takeComment(line)
            } else if !line.isBlankLine {
                if blockCount > 1, header == nil { throw error(.chain(.unnamedPrediction), line: startLine) }
                hasRows = true
                return line
            }
        }
        return nil
    }

    /// The residues of the block as a chain.
    func chain(_ residues: PredictedResidues) throws(FormatError) -> LabelledChain {
        if residues.labels.isEmpty { throw error(.chain(.emptyPrediction), line: startLine) }
        return residues.chain(id: id, header: header)
    }

    /// An error in the block, by default at the line read last.
    func error(_ problem: FormatError.Problem, line: Int? = nil) -> FormatError {
        let isNamed = header != nil || blockCount == 1
        return FormatError(
            file: lines.name, line: line ?? lines.lineNumber, record: isNamed && !id.isEmpty ? id : nil,
            problem: problem)
    }

    private var id: String { header.map(RecordHeader.id) ?? lines.source.predictionName }

    private mutating func takeComment(_ line: ArraySlice<UInt8>) throws(FormatError) {
        let text = line.dropFirst().drop(while: \.isBlank)
        guard text.first == UInt8(ascii: ">") else { return }
        if hasRows || header != nil { throw unexpected(line) }
        do throws(FormatError.Problem) {
            header = try RecordHeader(text, number: lines.lineNumber).bytes
        } catch {
            throw self.error(error)
        }
    }

    private func unexpected(_ line: ArraySlice<UInt8>) -> FormatError {
        error(.text(.unexpected(String(utf8OrLatin1: line), expected: "'\(String(utf8OrLatin1: mark))'")))
    }
}

extension ByteSource {
    /// The file name without folders and without the extensions of PSIPRED's formats.
    var predictionName: String {
        if name.hasPrefix("<") { return "stdin" }
        var file = name.split(separator: "/").last ?? ""
        for ending in [".gz", ".ss2", ".horiz"] where file.hasSuffix(ending) { file = file.dropLast(ending.count) }
        return String(file)
    }

    /// Whether an id is the file's name, to which structures add the chain.
    func givesName(_ id: String) -> Bool {
        id == predictionName || id == structureName || id.hasPrefix(structureName + "-")
    }
}
