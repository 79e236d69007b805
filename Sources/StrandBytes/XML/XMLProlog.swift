/// The part of an XML document before its first element.
package enum XMLProlog {
    /// The name of the root element without its prefix; nil if the text ends before it.
    /// - Parameter text: the start of the document in UTF-8 or UTF-16.
    /// - Throws: `documentType`.
    package static func root(of text: [UInt8]) throws(FormatError.Problem) -> String? {
        var rest = utf8(text)[...].withoutByteOrderMark.drop(while: \.isXMLSpace)
        while rest.first == UInt8(ascii: "<") {
            if rest.starts(with: "<!DOCTYPE".utf8) { throw .xml(.documentType) }
            if rest.starts(with: "<!--".utf8) {
                rest = rest.after("-->")
            } else if rest.starts(with: "<?".utf8) {
                rest = rest.after("?>")
            } else {
                let name = rest.dropFirst().prefix {
                    !$0.isXMLSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
                }
                return name.split(separator: UInt8(ascii: ":")).last.map { String(utf8OrLatin1: $0) }
            }
            rest = rest.drop(while: \.isXMLSpace)
        }
        return nil
    }

    /// Names of encodings unknown to expat, with expat's own names for them.
    private static let aliases = ["utf8": "UTF-8", "ascii": "US-ASCII", "latin1": "ISO-8859-1"]

    /// The declared encoding, if expat knows it only by another name; nil otherwise.
    static func encodingByAlias(of text: ArraySlice<UInt8>) -> String? {
        let start = text.withoutByteOrderMark
        guard start.starts(with: "<?xml".utf8), let end = start.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let words = start[..<end].split { $0.isXMLSpace || "=\"'?".utf8.contains($0) }
        guard let word = words.firstIndex(where: { $0.elementsEqual("encoding".utf8) }), word + 1 < words.count else {
            return nil
        }
        return aliases[String(utf8OrLatin1: words[word + 1]).lowercased()]
    }

    private static func utf8(_ text: [UInt8]) -> [UInt8] {
        guard text.startsAsUTF16 else { return text }
        let isLittle = text[0] == 0xFF
        let units = stride(from: 2, to: text.count - 1, by: 2).map { index in
            UInt16(text[isLittle ? index + 1 : index]) << 8 | UInt16(text[isLittle ? index : index + 1])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

extension ArraySlice<UInt8> {
    /// The text after the first `end`.
    fileprivate func after(_ end: String) -> ArraySlice<UInt8> {
        var rest = self
        while !rest.isEmpty && !rest.starts(with: end.utf8) { rest = rest.dropFirst() }
        return rest.dropFirst(end.utf8.count)
    }
}
