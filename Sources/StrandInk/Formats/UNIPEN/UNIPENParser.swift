import StrandBytes

/// Reads statements and collects them into sets.
///
/// A statement is a keyword at the start of a line, a dot followed by a letter, and everything up to the next.
struct UNIPENParser: ~Copyable {
    private enum Statement {
        /// Free text, or a keyword unrelated to ink.
        case ignored
        case component(UNIPENComponent)
        case declaration(UNIPENDeclaration)
    }

    private var lines: UNIPENLines
    private var statement = Statement.ignored
    private var set = UNIPENSet()
    private var isAtEnd = false
    /// The outermost file's name in errors.
    let name: String

    init(_ bytes: consuming ByteReader, options: UNIPENOptions) {
        name = bytes.name
        lines = UNIPENLines(bytes, options: options)
        set.header.file = name
    }

    mutating func takeRepairs() -> InkRepairs { lines.takeRepairs() }

    /// The next set that is not empty, or nil after the last.
    mutating func nextSet() throws(FormatError) -> UNIPENSet? {
        while !isAtEnd {
            guard let step = try lines.next() else {
                isAtEnd = true
                try finishStatement()
                return set.isEmpty ? nil : set
            }
            guard case .line(let line) = step else {
                try finishStatement()
                continue
            }
            if let finished = try take(line) { return finished }
        }
        return nil
    }

    /// Takes a line and returns the set that it ends, if any.
    private mutating func take(_ line: ArraySlice<UInt8>) throws(FormatError) -> UNIPENSet? {
        guard line.first == UInt8(ascii: "."), let letter = line.dropFirst().first, letter.isASCIILetter else {
            try goOn(line)
            return nil
        }
        let keyword = line.prefix { !$0.isBlank }
        let rest = line[keyword.endIndex...]
        try finishStatement()
        return try start(String(utf8OrLatin1: keyword.dropFirst()), rest)
    }

    private mutating func start(_ keyword: String, _ rest: ArraySlice<UInt8>) throws(FormatError) -> UNIPENSet? {
        switch keyword {
        case "PEN_DOWN", "PEN_UP":
            let start = set.header.hertz == nil ? nil : set.clock
            statement = .component(
                try placed { () throws(FormatError.Problem) in
                    try UNIPENComponent(isPenDown: keyword == "PEN_DOWN", header: set.header, start: start)
                })
            try goOn(rest)
        case "INCLUDE":
            if let name = rest.words.first { try lines.include(String(utf8OrLatin1: name)) }
        case "START_SET":
            return startSet()
        default:
            if UNIPENDeclaration.keywords.contains(keyword) {
                statement = .declaration(
                    UNIPENDeclaration(keyword, rest, file: lines.name, line: lines.lineNumber))
            }
        }
        return nil
    }

    private mutating func goOn(_ line: ArraySlice<UInt8>) throws(FormatError) {
        switch statement {
        case .ignored: break
        case .declaration(var declaration):
            statement = .ignored
            declaration.text += [UInt8(ascii: "\n")] + line
            statement = .declaration(declaration)
        case .component(var component):
            statement = .ignored
            try placed { () throws(FormatError.Problem) in
                for word in line.words { component.append(try Double(ink: word)) }
            }
            statement = .component(component)
        }
    }

    private mutating func finishStatement() throws(FormatError) {
        defer { statement = .ignored }
        switch statement {
        case .ignored: break
        case .component(let component): try finish(component)
        case .declaration(let declaration):
            do throws(FormatError.Problem) {
                try declaration.apply(to: &set)
            } catch {
                throw FormatError(file: declaration.file, line: declaration.line, problem: error)
            }
        }
    }

    private mutating func finish(_ component: UNIPENComponent) throws(FormatError) {
        try placed { () throws(FormatError.Problem) in try component.finish() }
        // Empty components are not numbered.
        guard component.count > 0 else { return }
        set.components.append(component)
        if let hertz = component.header.hertz { set.clock += Double(component.count) * 1000 / hertz }
    }

    private mutating func startSet() -> UNIPENSet? {
        let finished = set
        set = UNIPENSet()
        set.header = finished.header
        return finished.isEmpty ? nil : finished
    }

    private func placed<Value>(_ body: () throws(FormatError.Problem) -> Value) throws(FormatError) -> Value {
        do throws(FormatError.Problem) {
            return try body()
        } catch {
            throw FormatError(file: lines.name, line: lines.lineNumber, problem: error)
        }
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { self | 0x20 &- UInt8(ascii: "a") < 26 }
}
