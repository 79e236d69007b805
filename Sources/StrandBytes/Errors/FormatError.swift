import Glibc

/// An input that cannot be read or an output that cannot be written, with the place where it happened.
///
/// `description` is one line, `FILE:LINE: record ID: what is wrong; what to do`; unknown parts are left out.
public struct FormatError: Error, Sendable, Equatable {
    /// The file as the user named it; `<stdin>`, `<stdout>`, or the name given to bytes in memory.
    public var file: String
    /// The line, counted from 1; nil if the fault belongs to no line.
    public var line: Int?
    /// Whether the line is one of a compressed file after unpacking, where that is not obvious.
    package var isUnpacked = false
    /// The id of the record at fault; nil before the first record or if the id is empty.
    public var record: String?
    /// What is wrong, with the offending values.
    public var problem: Problem

    /// An error whose place may be only partly known.
    public init(file: String, line: Int? = nil, record: String? = nil, problem: Problem) {
        self.file = file
        self.line = line
        self.record = record
        self.problem = problem
    }
}

extension FormatError {
    /// What is wrong: a problem of any kind. Each module of formats has its own kinds, made by a function named after
    /// the kind: `.file(.missingFile)`, `.text(.notANumber("x"))`.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// The problem itself, to be examined with `as?` or in a `switch`.
        public let kind: any FormatProblem

        /// A problem of any kind.
        public init(_ kind: any FormatProblem) {
            self.kind = kind
        }

        /// What is wrong and, after a semicolon, what to do about it.
        public var description: String { kind.description }

        /// The same for a file, by its name where a command is advised.
        /// - Parameter file: as in `FormatError.file`.
        public func description(in file: String) -> String { kind.description(in: file) }

        /// Whether only one record is at fault, so that later ones can be read.
        public var isOfRecord: Bool { kind.isOfRecord }

        /// Whether only a part of a record is at fault, without which it is read next.
        public var isOfPart: Bool { kind.isOfPart }

        public static func == (first: Self, second: Self) -> Bool { first.kind.isEqual(to: second.kind) }
    }
}

/// A kind of problem: an enumeration whose cases hold the offending values.
public protocol FormatProblem: Sendable, Equatable, CustomStringConvertible {
    /// Whether only one record is at fault, or a file as a whole, so that others can be read.
    var isOfRecord: Bool { get }

    /// Whether only a part of a record is at fault, without which it is read next; it is then of the record too.
    var isOfPart: Bool { get }

    /// The description, with the file's name where a command is advised.
    func description(in file: String) -> String
}

extension FormatProblem {
    public func description(in file: String) -> String { description }

    public var isOfRecord: Bool { false }
    public var isOfPart: Bool { false }

    fileprivate func isEqual(to other: any FormatProblem) -> Bool { (other as? Self) == self }
}

extension FormatError: CustomStringConvertible {
    /// One line: `FILE:LINE: record ID: what is wrong; what to do`. U+FFFD stands for each control character of the input.
    public var description: String {
        let place = line.map { "\(file):\($0)\(isUnpacked ? " (unpacked)" : "")" } ?? file
        let owner = record.map { "record \($0): " } ?? ""
        return "\(place): \(owner)\(problem.description(in: file))".withoutControlCharacters
    }

    /// Whether the reader of a pipe went away (`EPIPE`); a command-line tool usually ends on that without a message.
    ///
    /// The process sees this error only if it ignores `SIGPIPE`.
    public var isBrokenPipe: Bool { problem == .file(.cannotWrite(errno: EPIPE)) }
}

extension FormatProblem {
    /// The description with a file's name in place of `FILE`, as a shell takes it; streams have none, and that of a
    /// descriptor means nothing to another command.
    package func description(naming file: String) -> String {
        if file.hasPrefix("<") || OutputFile.descriptor(named: file) != nil { return description }
        // What is compressed is unpacked first.
        let advice =
            file.hasSuffix(".gz")
            ? description.replacing(/'(iconv [^']*) FILE'/) { "'gzip -dc FILE | \($0.1)'" } : description
        return advice.replacing(" FILE", with: " \(file.quotedForShell)")
    }

    /// Text in quotes, shortened if it is long.
    package func quoted(_ text: String) -> String {
        let shown = String(text.unicodeScalars.prefix(40)).withoutControlCharacters
        return "'\(shown)\(text.unicodeScalars.count > 40 ? "..." : "")'"
    }

    /// A printable character in quotes, any other byte in hexadecimal.
    package func named(_ byte: UInt8) -> String {
        if (0x20..<0x7F).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
        return "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

extension String {
    /// A word of a command.
    fileprivate var quotedForShell: String {
        if allSatisfy({ $0.isLetter || $0.isNumber || "/._-+,:@%".contains($0) }) { return self }
        let escaped: [Character] = flatMap { "\"$`\\".contains($0) ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }

    /// This text with U+FFFD for each control character, C0 or C1: they could end a line or move a terminal's cursor.
    package var withoutControlCharacters: String {
        let scalars = unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
