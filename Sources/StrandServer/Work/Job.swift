import StrandBytes

/// A request that needs the networks.
protocol Job: AnyObject {
    var exchange: Exchange { get }
    /// Reads the body, once.
    /// - Throws: why the request is refused.
    func open(_ limits: ServerLimits) throws(Problem)
    /// Whether the body was read.
    var isOpen: Bool { get }
    /// The body, until it was read.
    var body: Body? { get }
    /// Bytes that the body was unpacked to.
    var size: Int { get }
    /// Whether the answer is whole.
    var isDone: Bool { get }
}

extension Body {
    /// The bytes, unpacked: at most `limit`.
    func unpacked(_ limit: Int) throws(Problem) -> [UInt8] {
        var unpacked: [UInt8]? = bytes.count > limit ? nil : bytes
        if bytes.isGzip {
            do throws(FormatError) {
                var reader = ByteReader(.memory(bytes, name: Self.name))
                unpacked = try reader.readAll(limit: limit)
            } catch { throw Problem(error) }
        }
        guard let unpacked else { throw Problem.tooLarge(limit) }
        if bytes.isGzip && unpacked.isGzip {
            throw Problem(.unsupportedMediaType, "the body is gzip of gzip: pack it once")
        }
        return unpacked
    }

    /// Whether it is gzip.
    var isPacked: Bool { bytes.isGzip }

    /// What errors call it.
    static let name = "body"
}

extension [UInt8] {
    fileprivate var isGzip: Bool { starts(with: [0x1F, 0x8B]) }

    /// Whether it is the text of a JSON object or array.
    var isJSON: Bool {
        let first = self.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
