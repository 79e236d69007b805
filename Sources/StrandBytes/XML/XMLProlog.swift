/// The part of an XML document before its first element.
package enum XMLProlog {
    /// The name of the root element without its prefix; nil if the text ends before it.
    /// - Parameters:
    ///   - text: the start of the document in UTF-8 or UTF-16.
    ///   - documentTypes: names of root elements for which a document type without declarations of its own is read over.
    /// - Throws: `documentType`.
    package static func root(of text: [UInt8], documentTypes: Set<String> = []) throws(FormatError.Problem) -> String? {
        var rest = utf8(text)[...].withoutByteOrderMark.drop(while: \.isXMLSpace)
        while rest.first == UInt8(ascii: "<") {
            if rest.starts(with: "<!DOCTYPE".utf8) {
                guard rest.startsWithPlainDocumentType(of: documentTypes) else { throw .xml(.documentType) }
                rest = rest.after(">")
            } else if rest.starts(with: "<!--".utf8) {
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
    /// Whether a document type of one of these names is here, whole and without declarations.
    fileprivate func startsWithPlainDocumentType(of names: Set<String>) -> Bool {
        guard let end = firstIndex(of: UInt8(ascii: ">")) else { return false }
        let words = self[..<end].split(whereSeparator: \.isXMLSpace)
        return words.count > 1 && names.contains(String(utf8OrLatin1: words[1]))
            && !self[..<end].contains(UInt8(ascii: "["))
    }

    /// The text after the first `end`.
    fileprivate func after(_ end: String) -> ArraySlice<UInt8> {
        var rest = self
        while !rest.isEmpty && !rest.starts(with: end.utf8) { rest = rest.dropFirst() }
        return rest.dropFirst(end.utf8.count)
    }
}
