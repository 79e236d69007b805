import StrandBytes

extension PredictionRecord {
    /// Stands for an empty id in formats that need one.
    static let unnamed = Array("record".utf8)

    /// The id for a format that cannot hold some bytes: they are percent-encoded (RFC 3986, section 2.1).
    /// - Parameter isPlain: whether a byte stays unchanged, given its offset in the id and its value.
    func name(isPlain: (Int, UInt8) -> Bool) -> [UInt8] {
        if idBytes.isEmpty { return Self.unnamed }
        let hex = Array("0123456789ABCDEF".utf8)
        var name: [UInt8] = []
        for (index, byte) in idBytes.enumerated() {
            if isPlain(index, byte) {
                name.append(byte)
            } else {
                name += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return name
    }
}
