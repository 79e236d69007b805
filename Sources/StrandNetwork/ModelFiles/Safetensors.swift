import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// A safetensors file in memory: named tensors and text metadata. The format is that of the `safetensors` package: the length
/// of the header (8 bytes, little-endian), the header as JSON, the tensors' bytes.
public struct Safetensors: Sendable, Equatable {
    public var metadata: [String: String]
    public var tensors: [Tensor]

    public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
        self.metadata = metadata
        self.tensors = tensors
    }

    /// Reads a file.
    /// - Throws: `SafetensorsError` if it cannot be read or is not well-formed.
    public init(path: String) throws(SafetensorsError) {
        try self.init(bytes: Self.bytes(of: path), file: path)
    }

    /// The bytes of a file, for those who need more of them than the tensors.
    /// - Throws: `unreadable`.
    public static func bytes(of path: String) throws(SafetensorsError) -> Data {
        do { return try Data(contentsOf: URL(filePath: path)) } catch {
            throw SafetensorsError(file: path, .unreadable(reason: reason(of: error)))
        }
    }

    /// Writes a file completely or not at all: under another name first, then renamed.
    /// - Throws: `SafetensorsError` with the system's reason.
    public func write(to path: String) throws(SafetensorsError) {
        let temporary = "\(path).tmp-\(ProcessInfo.processInfo.processIdentifier)"
        // Not `.atomic`, which leaves a file that only its owner can read.
        do { try encoded().write(to: URL(filePath: temporary)) } catch {
            unlink(temporary)
            throw SafetensorsError(file: path, .unwritable(reason: reason(of: error)))
        }
        if rename(temporary, path) != 0 {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw SafetensorsError(file: path, .unwritable(reason: reason))
        }
    }

    /// The tensor of that name; nil if there is none.
    public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

    /// The file's bytes: metadata and tensors in order of name, every tensor F32, U8 or I8. Equal contents make equal bytes.
    public func encoded() throws -> Data {
        let sorted = tensors.sorted { $0.name < $1.name }
        var header = Header(metadata: metadata, tensors: [:])
        var end = 0
        for tensor in sorted {
            let start = end
            let type = NumberType(tensor.storage)
            end += tensor.values.count * type.size
            header.tensors[tensor.name] = .init(dtype: type.rawValue, shape: tensor.shape, dataOffsets: [start, end])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try encoder.encode(header)
        // Spaces align the data, as the format requires.
        json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        var bytes = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
        bytes.reserveCapacity(8 + json.count + end)
        bytes.append(json)
        for tensor in sorted {
            switch tensor.storage {
            case .float32: tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
            case .byte: bytes.append(contentsOf: tensor.values.map { UInt8($0) })
            case .signedByte: bytes.append(contentsOf: tensor.values.map { UInt8(bitPattern: Int8($0)) })
            }
        }
        return bytes
    }
}

/// The reason of an error, in the system's words if it gives any.
func reason(of error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile?, .fileNoSuchFile?: "no such file"
    case .fileReadNoPermission?, .fileWriteNoPermission?: "permission denied"
    case .fileWriteOutOfSpace?: "no space left on device"
    default: ((error as? CocoaError)?.underlying as? POSIXError).map { "\($0.code)" } ?? "\(error)"
    }
}
