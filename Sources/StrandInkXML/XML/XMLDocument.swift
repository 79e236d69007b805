import StrandFormats

/// An XML document, read whole and made safe before any parser sees it.
struct XMLDocument {
    /// Bytes of the largest document that is read.
    static let largestSize = 1 << 28

    /// UTF-8; tags and text only.
    let bytes: [UInt8]

    /// - Parameter root: what is expected, for the error of an empty file.
    /// - Throws: `noSamples` where there is nothing, `documentTooLarge`, `documentType`, `xmlEncoding`, `malformedXML`, or
    ///   what `ByteReader` throws.
    init(_ reader: inout ByteReader, root: String) throws(FormatError) {
        guard let bytes = try reader.readAll(limit: Self.largestSize) else {
            throw FormatError(file: reader.name, problem: .documentTooLarge(limit: Self.largestSize))
        }
        let text = try Self.utf8(bytes, name: reader.name)
        if text.allSatisfy(\.isXMLSpace) {
            throw FormatError(file: reader.name, problem: .noSamples(expected: "an element '\(root)'"))
        }
        if let nul = text.firstIndex(of: 0) {
            // Behind a comment that goes it could make the parser take the rest for UTF-16, which nobody has cleaned.
            let line = 1 + text[..<nul].count { $0 == UInt8(ascii: "\n") }
            throw FormatError(
                file: reader.name, line: line, problem: .malformedXML(message: "a character that XML cannot hold"))
        }
        self.bytes = try XMLCleaner.clean(text[...], name: reader.name)
    }

    /// The document in UTF-8, whatever it declares; the parser sees no declaration.
    private static func utf8(_ bytes: [UInt8], name: String) throws(FormatError) -> [UInt8] {
        func refusal(_ encoding: String) -> FormatError {
            FormatError(file: name, problem: .xmlEncoding(encoding))
        }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(4).contains(0) {
            throw refusal("UTF-16")
        }
        let text = bytes[...].withoutByteOrderMark
        let encoding = declaredEncoding(text) ?? "UTF-8"
        switch encoding.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii":
            if let line = firstLineThatIsNotUTF8(text) {
                throw FormatError(file: name, line: line, problem: .malformedXML(message: "bytes that are not UTF-8"))
            }
            return Array(text)
        case "iso-8859-1", "latin1":
            return Array(String(String.UnicodeScalarView(text.lazy.map(Unicode.Scalar.init))).utf8)
        default: throw refusal(encoding)
        }
    }

    /// No character of UTF-8 holds the byte of a line's end, so lines can be looked at one by one.
    private static func firstLineThatIsNotUTF8(_ text: ArraySlice<UInt8>) -> Int? {
        if String(validating: text, as: UTF8.self) != nil { return nil }
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }

    /// What stands in quotation marks after `encoding` in the XML declaration.
    private static func declaredEncoding(_ text: ArraySlice<UInt8>) -> String? {
        guard text.starts(with: "<?xml".utf8), let end = text.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let words = text[..<end].split { $0.isXMLSpace || "=\"'?".utf8.contains($0) }
        guard let word = words.firstIndex(where: { $0.elementsEqual("encoding".utf8) }) else { return nil }
        return word + 1 < words.count ? RecordHeader.text(of: words[word + 1]) : ""
    }
}

extension UInt8 {
    /// White space as XML has it.
    var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
