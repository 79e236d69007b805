import StrandBytes

/// The lines of a UNIPEN file, with those of included files in place of the statements that include them.
struct UNIPENLines: ~Copyable {
    /// A box, because arrays can hold only copyable values.
    private final class OpenFile {
        var lines: LineReader
        let realPath: String?

        init(_ lines: consuming LineReader, realPath: String?) {
            self.lines = lines
            self.realPath = realPath
        }
    }

    enum Step {
        /// A line; release it before the next step.
        case line(ArraySlice<UInt8>)
        /// An included file ends; the including one continues.
        case endOfInclude
    }

    private var files: [OpenFile]
    private let includes: UNIPENIncludes
    private let skipsMissing: Bool
    private var includeCount = 0
    private var repairs = InkRepairs()

    init(_ bytes: consuming ByteReader, options: UNIPENOptions) {
        includes = UNIPENIncludes(root: options.root, source: bytes.source)
        skipsMissing = options.skipsMissingIncludes
        var realPath: String?
        if case .file(let path) = bytes.source { realPath = path }
        files = [OpenFile(LineReader(bytes), realPath: realPath)]
    }

    /// The name of the current file.
    var name: String { files[files.count - 1].lines.name }
    /// The number of the line read last in that file.
    var lineNumber: Int { files[files.count - 1].lines.lineNumber }

    /// The next line, or end of an included file, or nil at the end of the outermost.
    mutating func next() throws(FormatError) -> Step? {
        if let line = try files[files.count - 1].lines.next() { return .line(line) }
        if files.count == 1 { return nil }
        files.removeLast()
        return .endOfInclude
    }

    mutating func takeRepairs() -> InkRepairs {
        defer { repairs = InkRepairs() }
        return repairs
    }

    /// Continues in an included file.
    mutating func include(_ name: String) throws(FormatError) {
        do throws(FormatError.Problem) {
            try open(name)
        } catch {
            if skipsMissing, case InkProblem.includeNotFound? = error.kind as? InkProblem {
                repairs.note(.missingInclude, example: name)
                return
            }
            throw FormatError(file: self.name, line: lineNumber, problem: error)
        }
    }

    private mutating func open(_ name: String) throws(FormatError.Problem) {
        let file = try includes.file(name)
        // The outermost file's links are followed only here, because making a reader does no I/O.
        let isOpen = files.contains { $0.realPath.flatMap(UNIPENIncludes.realPath) == file.realPath }
        if isOpen { throw .ink(.includeLoop(name)) }
        if files.count > UNIPENIncludes.greatestDepth {
            throw .ink(.tooManyIncludes(limit: UNIPENIncludes.greatestDepth, isDepth: true))
        }
        includeCount += 1
        if includeCount > UNIPENIncludes.greatestCount {
            throw .ink(.tooManyIncludes(limit: UNIPENIncludes.greatestCount, isDepth: false))
        }
        files.append(OpenFile(LineReader(.file(file.path)), realPath: file.realPath))
    }
}
