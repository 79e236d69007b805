import StrandFormats

/// The bytes of an XML document, read whole and checked before any parser sees them.
struct XMLDocument {
    /// Bytes of the largest document that is read.
    static let largestSize = 1 << 28

    let bytes: [UInt8]

    /// - Parameter root: what is expected, for the error of an empty file.
    /// - Throws: `noSamples` where there is nothing, `documentTooLarge`, `documentType`, `xmlEncoding`, or what
    ///   `ByteReader` throws.
    init(_ reader: inout ByteReader, root: String) throws(FormatError) {
        guard let bytes = try reader.readAll(limit: Self.largestSize) else {
            throw FormatError(file: reader.name, problem: .documentTooLarge(limit: Self.largestSize))
        }
        if bytes.allSatisfy(\.isXMLSpace) {
            throw FormatError(file: reader.name, problem: .noSamples(expected: "an element '\(root)'"))
        }
        if let fault = Self.fault(in: bytes) {
            let line = fault.position.map { end in bytes[..<end].count { $0 == UInt8(ascii: "\n") } + 1 }
            throw FormatError(file: reader.name, line: line, problem: fault.problem)
        }
        self.bytes = bytes
    }

    /// Encodings in which ASCII bytes mean ASCII, so that the search for declarations sees what the parser will.
    private static let encodings: Set<String> = [
        "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "latin1",
    ]

    private static func fault(in bytes: [UInt8]) -> (position: Int?, problem: FormatError.Problem)? {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(4).contains(0) {
            return (nil, .xmlEncoding("UTF-16"))
        }
        if let name = declaredEncoding(bytes), !encodings.contains(name.lowercased()) {
            return (nil, .xmlEncoding(name))
        }
        for declaration in ["<!DOCTYPE", "<!ENTITY"] {
            if let position = bytes.firstPosition(of: Array(declaration.utf8)) { return (position, .documentType) }
        }
        return nil
    }

    /// What stands after `encoding=` in the XML declaration.
    private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        let text = bytes[...].withoutByteOrderMark
        guard text.starts(with: "<?xml".utf8), let end = text.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = Array(text[..<end])
        guard let name = declaration.firstPosition(of: Array("encoding".utf8)) else { return nil }
        let quotes = Array("\"'".utf8)
        let parts = declaration[name...].split(maxSplits: 2, omittingEmptySubsequences: false) { quotes.contains($0) }
        return parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
    }
}

extension UInt8 {
    /// White space as XML has it.
    var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension [UInt8] {
    /// Where `pattern` first starts.
    fileprivate func firstPosition(of pattern: [UInt8]) -> Int? {
        var start = startIndex
        while let found = self[start...].firstIndex(of: pattern[0]) {
            if self[found...].starts(with: pattern) { return found }
            start = found + 1
        }
        return nil
    }
}
