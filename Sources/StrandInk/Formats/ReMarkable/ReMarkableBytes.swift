import StrandBytes

/// Reads the numbers of a file of reMarkable, little-endian, one after another.
struct ReMarkableBytes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Bytes left.
    var count: Int { rest.count }

    /// Where the next byte is in the file, from 0.
    var offset: Int { rest.startIndex }

    /// The next bytes, to be read on their own.
    /// - Throws: `earlyEnd`.
    mutating func take(_ count: Int, of what: String) throws(FormatError.Problem) -> ReMarkableBytes {
        guard count <= rest.count else { throw .text(.earlyEnd(expected: what)) }
        defer { rest = rest.dropFirst(count) }
        return ReMarkableBytes(rest.prefix(count))
    }

    private mutating func number(_ size: Int, of what: String) throws(FormatError.Problem) -> UInt64 {
        try take(size, of: what).rest.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func byte(of what: String) throws(FormatError.Problem) -> Int { Int(try number(1, of: what)) }

    mutating func integer(of what: String) throws(FormatError.Problem) -> Int { Int(try number(4, of: what)) }

    /// A number of 32 bits that ink can have.
    mutating func float(of what: String) throws(FormatError.Problem) -> Double {
        let value = Double(Float(bitPattern: UInt32(try number(4, of: what))))
        if value.isNaN { throw .text(.notANumber("NaN")) }
        return try value.limited(shownAs: Array("\(value)".utf8)[...])
    }

    /// Seven bits a byte, the lowest first; the highest bit of a byte says that more follow.
    mutating func variable(of what: String) throws(FormatError.Problem) -> UInt64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while true {
            let byte = UInt64(try number(1, of: what))
            value |= shift < 64 ? (byte & 0x7F) << shift : 0
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}
