/// The objects of a stream of JSON: one a line (JSON Lines), written over several lines, or the elements of an array.
package struct JSONRecords: ~Copyable {
    private var lines: LineReader
    private var isArray: Bool?
    /// What is left of the current line of an array.
    private var rest: ArraySlice<UInt8> = []
    /// A line that was read to see that the record before it had ended.
    private var heldLine: [UInt8]?
    private var count = 0
    private var isAtEnd = false

    /// The line, from 1, on which the record returned last starts.
    package private(set) var lineNumber = 0
    /// The column on which it starts, and the offsets of the line ends in it.
    private var (firstColumn, lineEnds) = (1, [Int]())

    package init(_ bytes: consuming ByteReader) {
        lines = LineReader(bytes)
    }

    package var name: String { lines.name }

    /// A name for a record without one: its line, in an array its number.
    package var recordName: String { isArray == true ? "\(count)" : "\(lineNumber)" }

    package func isNextLineNear(withinMilliseconds patience: Int) -> Bool {
        !rest.isEmpty || heldLine != nil || lines.isNextLineNear(withinMilliseconds: patience)
    }

    /// The text of the next record, or nil after the last. It may share the reader's buffer: release it before the next
    /// call. Whether it is valid JSON is not checked.
    /// - Throws: `earlyEnd` or `unexpected` for an array without its brackets or commas, or what `LineReader` throws.
    package mutating func next() throws(FormatError) -> ArraySlice<UInt8>? {
        if isAtEnd { return nil }
        if isArray == true { return try nextElement() }
        var line = heldLine.take()?[...]
        while line?.isBlankLine ?? true {
            guard let next = try lines.next() else { return nil }
            line = next
        }
        guard let line else { return nil }
        if isArray == nil {
            isArray = line.first { !$0.isXMLSpace } == UInt8(ascii: "[")
            if isArray == true {
                rest = Array(line)[...]
                return try nextElement()
            }
        }
        (lineNumber, firstColumn, lineEnds) = (lines.lineNumber, 1, [])
        count += 1
        return line.last == UInt8(ascii: "}") ? line : try whole(line)
    }

    /// A fault in the record returned last, with its place.
    package func error(_ fault: JSONScanner.Fault) -> FormatError {
        let offset = fault.column - 1
        let endsBefore = lineEnds.prefix { $0 < offset }
        let column = endsBefore.last.map { offset - $0 } ?? offset + firstColumn
        return FormatError(
            file: name, line: lineNumber + endsBefore.count,
            problem: .text(.invalidJSON(expected: fault.expected, column: column)))
    }

    // MARK: Over several lines

    /// The line, with those after it if it is the start of an object that continues there, as pretty-printers write it.
    ///
    /// A line that was cut must not take others with it: only a bracket or comma continues, until an object starts at the
    /// start of a line.
    private mutating func whole(_ line: ArraySlice<UInt8>) throws(FormatError) -> ArraySlice<UInt8> {
        guard let last = line.last(where: { !$0.isXMLSpace }), "{[,:".utf8.contains(last) else { return line }
        var extent = JSONExtent()
        if extent.end(in: line) != nil { return line }
        var text = Array(line)
        while let next = try lines.next() {
            if next.starts(with: "{\"".utf8) {
                heldLine = Array(next)
                break
            }
            lineEnds.append(text.count)
            text.append(UInt8(ascii: "\n"))
            text += next
            if extent.end(in: next) != nil { break }
        }
        return text[...]
    }

    // MARK: Arrays

    private mutating func nextElement() throws(FormatError) -> ArraySlice<UInt8>? {
        let opening = count == 0 ? UInt8(ascii: "[") : UInt8(ascii: ",")
        let mark = try skipBlanks()
        if mark == UInt8(ascii: "]"), count > 0 { return try end() }
        guard mark == opening else { throw error("',' or ']'") }
        rest.removeFirst()
        if try skipBlanks() == UInt8(ascii: "]"), count == 0 { return try end() }
        (lineNumber, firstColumn, lineEnds) = (lines.lineNumber, rest.startIndex + 1, [])
        count += 1
        var extent = JSONExtent()
        var text: [UInt8] = []
        while true {
            if let end = extent.end(in: rest) {
                text += rest[..<end]
                rest = rest[end...]
                return text[...]
            }
            text += rest
            lineEnds.append(text.count)
            text.append(UInt8(ascii: "\n"))
            try readLine()
        }
    }

    /// The next byte that is not blank, on this line or a later one.
    private mutating func skipBlanks() throws(FormatError) -> UInt8 {
        while true {
            rest = rest.drop(while: \.isXMLSpace)
            if let first = rest.first { return first }
            try readLine()
        }
    }

    private mutating func readLine() throws(FormatError) {
        guard let line = try lines.next() else {
            throw FormatError(file: name, line: lines.lineNumber, problem: .text(.earlyEnd(expected: "']'")))
        }
        rest = Array(line)[...]
    }

    /// Nothing may follow the array.
    private mutating func end() throws(FormatError) -> ArraySlice<UInt8>? {
        rest = rest.dropFirst().drop(while: \.isXMLSpace)
        if !rest.isEmpty { throw error("the end") }
        while let line = try lines.next() {
            // Columns are counted from the start of the line, not of the reader's buffer.
            rest = Array(line)[...].drop(while: \.isXMLSpace)
            if !rest.isEmpty { throw error("the end") }
        }
        isAtEnd = true
        return nil
    }

    private func error(_ expected: String) -> FormatError {
        FormatError(
            file: name, line: lines.lineNumber,
            problem: .text(.invalidJSON(expected: expected, column: rest.startIndex + 1)))
    }
}

/// Finds the end of a value by its brackets.
private struct JSONExtent {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// The index behind the value that started in the text before or at the start of this one; nil if it goes on.
    mutating func end(in text: ArraySlice<UInt8>) -> Int? {
        isEscaped = false
        for index in text.indices {
            let byte = text[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The bracket of the array around a number.
                if depth == 0 { return index }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ",") where depth == 0: return index
            default: break
            }
        }
        return nil
    }
}
