import StrandFormats

/// What stands before the first element of an XML document.
enum XMLProlog {
    /// The name of the document's element without its prefix; nil where the text ends before it.
    /// - Throws: `documentType` or `xmlEncoding`.
    static func root(of text: ArraySlice<UInt8>) throws(FormatError.Problem) -> String? {
        var rest = text
        while rest.first == UInt8(ascii: "<") {
            if rest.starts(with: "<!DOCTYPE".utf8) { throw .documentType }
            if rest.starts(with: "<!--".utf8) {
                rest = rest.after("-->")
            } else if rest.starts(with: "<?".utf8) {
                rest = rest.after("?>")
            } else {
                let name = rest.dropFirst().prefix {
                    !$0.isXMLSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
                }
                return name.split(separator: UInt8(ascii: ":")).last.map { RecordHeader.text(of: $0) }
            }
            rest = rest.drop(while: \.isXMLSpace)
        }
        if rest.starts(with: [0xFE]) || rest.starts(with: [0xFF]) { throw .xmlEncoding("UTF-16") }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without a UTF-8 byte order mark.
    var withoutByteOrderMark: ArraySlice<UInt8> {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return starts(with: mark) ? dropFirst(mark.count) : self
    }

    /// What follows the first `end`.
    fileprivate func after(_ end: String) -> ArraySlice<UInt8> {
        var rest = self
        while !rest.isEmpty && !rest.starts(with: end.utf8) { rest = rest.dropFirst() }
        return rest.dropFirst(end.utf8.count)
    }
}
