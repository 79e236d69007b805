import Glibc

extension FormatError: CustomStringConvertible {
    /// One line: `FILE:LINE: record ID: what is wrong; what to do`. U+FFFD stands for each control character of the input.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let owner = record.map { "record \($0): " } ?? ""
        return "\(place): \(owner)\(problem)".withoutControlCharacters
    }

    /// Whether the reader of a pipe went away (`EPIPE`); a command-line tool usually ends on that without a message.
    ///
    /// The process sees this error only if it ignores `SIGPIPE`.
    public var isBrokenPipe: Bool { problem == .file(.cannotWrite(errno: EPIPE)) }
}

extension FormatProblem {
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
    /// This text with U+FFFD for each control character, C0 or C1: they could end a line or move a terminal's cursor.
    package var withoutControlCharacters: String {
        let scalars = unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
