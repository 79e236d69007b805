import StrandFormats

/// Rewrites a document so that only tags and text are left: comments and processing instructions go, CDATA becomes text,
/// declarations are refused. Lines keep their numbers.
///
/// What is left out means nothing here, and FoundationXML ends the program on some of it: an instruction without data, a
/// comment that is not UTF-8.
struct XMLCleaner {
    private var rest: ArraySlice<UInt8>
    private var line = 1
    private(set) var cleaned: [UInt8] = []

    private init(_ text: ArraySlice<UInt8>) {
        rest = text
        cleaned.reserveCapacity(text.count)
    }

    /// The document without all that is no tag and no text.
    /// - Throws: `documentType` or `malformedXML`, with the number of the line.
    static func clean(_ text: ArraySlice<UInt8>, name: String) throws(FormatError) -> [UInt8] {
        var cleaner = XMLCleaner(text)
        do throws(FormatError.Problem) {
            while !cleaner.rest.isEmpty { try cleaner.step() }
        } catch {
            throw FormatError(file: name, line: cleaner.line, problem: error)
        }
        return cleaner.cleaned
    }

    private mutating func step() throws(FormatError.Problem) {
        if rest.starts(with: "<!--".utf8) {
            drop(through: "-->")
        } else if rest.starts(with: "<?".utf8) {
            drop(through: "?>")
        } else if rest.starts(with: Self.cdata.utf8) {
            let section = take(through: "]]>")
            cleaned.append(xmlText: section.dropFirst(Self.cdata.utf8.count).dropLast(3))
        } else if rest.starts(with: "<!".utf8) {
            throw .documentType
        } else if rest.first == UInt8(ascii: "<") {
            try takeTag()
        } else {
            cleaned += take(rest.prefix { $0 != UInt8(ascii: "<") }.count)
        }
    }

    private static let cdata = "<![CDATA["

    /// Takes a tag. None holds a '<', in its attributes neither, so that nothing hides in it.
    private mutating func takeTag() throws(FormatError.Problem) {
        var quote: UInt8?
        var end = rest.startIndex + 1
        while end < rest.endIndex, quote != nil || rest[end] != UInt8(ascii: ">") {
            let byte = rest[end]
            if byte == UInt8(ascii: "<") { throw .malformedXML(message: "'<' inside a tag") }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            end += 1
        }
        cleaned += take(min(end + 1, rest.endIndex) - rest.startIndex)
    }

    /// Leaves bytes out, but for the ends of lines.
    private mutating func drop(through end: String) {
        let dropped = take(through: end)
        cleaned += dropped.lazy.filter { $0 == UInt8(ascii: "\n") }
    }

    private mutating func take(through end: String) -> ArraySlice<UInt8> {
        let pattern = Array(end.utf8)
        var position = rest.startIndex
        while let found = rest[position...].firstIndex(of: pattern[0]), !rest[found...].starts(with: pattern) {
            position = found + 1
        }
        let found = rest[position...].firstIndex(of: pattern[0])
        return take((found.map { $0 + pattern.count } ?? rest.endIndex) - rest.startIndex)
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let taken = rest.prefix(count)
        line += taken.count { $0 == UInt8(ascii: "\n") }
        rest = rest.dropFirst(count)
        return taken
    }
}
