/// Gzip of whole byte arrays (RFC 1952).
public enum Gzip {
    /// The two bytes that every gzip file starts with.
    package static let magic: [UInt8] = [0x1F, 0x8B]

    /// The bytes of all members of `bytes`.
    ///
    /// - Parameter name: the bytes' name in errors.
    /// - Throws: `truncatedGzip` or `corruptGzip`, the latter also for bytes that are not gzip.
    public static func decompress(_ bytes: [UInt8], name: String = "<memory>") throws(FormatError) -> [UInt8] {
        guard bytes.starts(with: magic) else {
            throw FormatError(file: name, problem: .file(.corruptGzip(message: "incorrect header check")))
        }
        var reader = ByteReader(.memory(bytes, name: name))
        var chunk = [UInt8](repeating: 0, count: ByteReader.defaultChunkSize)
        var plain: [UInt8] = []
        while case let count = try reader.read(into: &chunk), count > 0 { plain += chunk[..<count] }
        return plain
    }
}
