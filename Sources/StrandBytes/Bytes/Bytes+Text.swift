extension UInt8 {
    /// Whether the byte is a space or a tab.
    package var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    /// White space in XML and JSON: space, tab, line feed, carriage return.
    package var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension [UInt8] {
    /// The bytes with ASCII letters in upper case.
    package var uppercased: [UInt8] { map { $0 &- UInt8(ascii: "a") < 26 ? $0 - 32 : $0 } }

    /// Whether the bytes start with a UTF-16 byte order mark of either order.
    package var startsAsUTF16: Bool { starts(with: [0xFE, 0xFF]) || starts(with: [0xFF, 0xFE]) }
}

extension ArraySlice<UInt8> {
    /// The bytes without a UTF-8 byte order mark.
    package var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self
    }

    /// The bytes without what does not show at the start of a text: white space, byte order marks, no-break and
    /// zero-width spaces.
    package var withoutInvisibleStart: ArraySlice<UInt8> {
        var rest = self
        while true {
            let shown = rest.drop(while: \.isXMLSpace)
            guard let mark = Self.invisible.first(where: shown.starts(with:)) else { return shown }
            rest = shown.dropFirst(mark.count)
        }
    }

    private static let invisible = ["\u{FEFF}", "\u{A0}", "\u{200B}"].map { Array($0.utf8) }

    /// The first character; nil if the bytes do not start with UTF-8.
    package var firstScalar: Unicode.Scalar? {
        var (decoder, bytes) = (UTF8(), makeIterator())
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
        return scalar
    }

    /// The bytes without spaces and tabs at either end.
    package var withoutOuterBlanks: ArraySlice<UInt8> {
        let start = drop(while: \.isBlank)
        return start.dropLast(start.reversed().prefix(while: \.isBlank).count)
    }

    /// The words between spaces and tabs.
    package var words: [ArraySlice<UInt8>] { split(whereSeparator: \.isBlank) }

    /// Whether the line holds nothing but spaces and tabs.
    package var isBlankLine: Bool { allSatisfy(\.isBlank) }
}

extension String {
    /// Bytes as text: UTF-8, or else Latin-1.
    @inlinable
    package init(utf8OrLatin1 bytes: some Collection<UInt8>) {
        let latin1 = String.UnicodeScalarView(bytes.map(Unicode.Scalar.init))
        self = String(validating: bytes, as: UTF8.self) ?? String(latin1)
    }
}
