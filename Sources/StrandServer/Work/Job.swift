import StrandBytes

/// A request that needs the networks.
protocol Job: AnyObject {
    var exchange: Exchange { get }
    /// Reads the body, once.
    /// - Throws: why the request is refused.
    func open(_ limits: ServerLimits) throws(Problem)
    /// Whether the body was read.
    var isOpen: Bool { get }
    /// Bytes of the body that was read.
    var size: Int { get }
    /// Whether the answer is whole.
    var isDone: Bool { get }
}

extension Body {
    /// The bytes, unpacked.
    func unpacked(_ limits: ServerLimits) throws(Problem) -> [UInt8] {
        guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
        do throws(FormatError) {
            var reader = ByteReader(.memory(bytes, name: Self.name))
            if let unpacked = try reader.readAll(limit: limits.bodyBytes) { return unpacked }
        } catch { throw Problem(error) }
        throw Problem.tooLarge(limits.bodyBytes)
    }

    /// What errors call it.
    static let name = "body"
}

extension [UInt8] {
    /// Whether it is the text of a JSON object or array.
    var isJSON: Bool {
        let first = self.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
