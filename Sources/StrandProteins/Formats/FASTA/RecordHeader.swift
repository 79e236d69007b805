import StrandBytes

/// A header line without its `>`.
package struct RecordHeader {
    /// The bytes as they came.
    let bytes: [UInt8]
    /// Its line number, from 1.
    let line: Int

    /// Takes a line that starts with `>`.
    init(_ line: ArraySlice<UInt8>, number: Int) throws(FormatError.Problem) {
        if let index = line.firstIndex(where: \.isForeignToHeaders) {
            throw .text(TextProblem(notText: line, at: index))
        }
        bytes = Array(line.dropFirst())
        self.line = number
    }

    /// The first word of `header` as UTF-8 or, if that fails, Latin-1.
    static func id(of header: [UInt8]) -> String { String(utf8OrLatin1: idBytes(of: header)) }

    /// The first word of `header`, byte for byte.
    package static func idBytes(of header: [UInt8]) -> ArraySlice<UInt8> {
        header.drop(while: \.isBlank).prefix { !$0.isBlank }
    }
}

extension UInt8 {
    /// Whether the byte cannot stand in a header: NUL and line ends.
    var isForeignToHeaders: Bool { self == 0 || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
