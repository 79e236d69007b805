extension [UInt8] {
    /// Appends text in which `&`, `<` and `>` are written as XML has them (XML 1.0, section 2.4).
    @inlinable
    package mutating func append(xmlText text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): self += "&amp;".utf8
            case UInt8(ascii: "<"): self += "&lt;".utf8
            case UInt8(ascii: ">"): self += "&gt;".utf8
            default: append(byte)
            }
        }
    }
}

extension String {
    /// The text escaped for use between XML or HTML tags, or in quotation marks within one.
    package var escapedForXML: String {
        var bytes: [UInt8] = []
        bytes.append(xmlText: utf8)
        return String(decoding: bytes, as: UTF8.self).replacing("\"", with: "&quot;")
    }
}
