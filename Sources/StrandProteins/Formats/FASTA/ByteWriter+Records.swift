import StrandBytes

extension ByteWriter {
    /// Writes `header` as a line that starts with `>`.
    mutating func write(header: [UInt8]) throws(FormatError) {
        precondition(!header.contains(UInt8(ascii: "\n")), "header of more than one line")
        try write(UInt8(ascii: ">"))
        try write(line: header[...])
    }

    /// Writes `line` and its end.
    mutating func write(line: ArraySlice<UInt8>) throws(FormatError) {
        try write(line)
        try write(UInt8(ascii: "\n"))
    }
}
