import FoundationEssentials

/// The JSON header of a safetensors file.
struct Header: Codable {
    var metadata: [String: String]
    var tensors: [String: Entry]

    struct Entry: Codable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        static let metadata = Key(stringValue: "__metadata__")
    }

    init(metadata: [String: String], tensors: [String: Entry]) {
        self.metadata = metadata
        self.tensors = tensors
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        metadata = try container.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
        tensors = [:]
        for key in container.allKeys where key.stringValue != Key.metadata.stringValue {
            tensors[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !metadata.isEmpty { try container.encode(metadata, forKey: .metadata) }
        for (name, entry) in tensors { try container.encode(entry, forKey: Key(stringValue: name)) }
    }
}

extension Safetensors {
    /// The largest header that is read, far above any real one.
    static let headerLimit = 16 << 20

    /// Reads the bytes of a file, which may be hostile.
    /// - Throws: `SafetensorsError` unless they are well-formed.
    public init(bytes: Data, file: String) throws(SafetensorsError) {
        let (metadata, entries, data) = try Self.contents(of: bytes, file: file)
        tensors = entries.map { name, entry in
            let (stored, type) = Self.stored(entry, in: data)
            return Tensor(name: name, shape: entry.shape, stored: stored, type)
        }
        self.metadata = metadata
    }

    /// The metadata, the entries in the order of their bytes, and these, of a file, which may be hostile.
    /// - Throws: `SafetensorsError` unless they are well-formed.
    static func contents(
        of bytes: Data, file: String
    ) throws(SafetensorsError) -> (metadata: [String: String], entries: [(String, Header.Entry)], data: Data) {
        func fail(_ problem: SafetensorsError.Problem) -> SafetensorsError { SafetensorsError(file: file, problem) }
        guard bytes.count >= 8 else { throw fail(.tooShort(bytes: bytes.count)) }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(bytes.count - 8) else {
            throw fail(.headerBeyondFile(headerBytes: length, fileBytes: bytes.count))
        }
        guard length <= UInt64(Self.headerLimit) else {
            throw fail(.headerTooLarge(headerBytes: length, limit: Self.headerLimit))
        }
        let data = bytes.dropFirst(8 + Int(length))
        let header: Header
        do { header = try JSONDecoder().decode(Header.self, from: bytes.dropFirst(8).prefix(Int(length))) } catch {
            throw fail(.headerNotJSON(reason: Self.shortReason(of: error)))
        }
        let entries = header.tensors.map { ($0.key, $0.value) }.sorted {
            ($0.1.dataOffsets.first ?? 0, $0.0) < ($1.1.dataOffsets.first ?? 0, $1.0)
        }
        do throws(SafetensorsError.Problem) { try Self.check(entries, dataBytes: data.count) } catch {
            throw fail(error)
        }
        return (header.metadata, entries, data)
    }

    /// Checks that every tensor has a known type and the bytes its shape needs, and that together they cover each byte of
    /// the data once.
    private static func check(
        _ entries: [(String, Header.Entry)], dataBytes: Int
    ) throws(SafetensorsError.Problem) {
        var end = 0
        var previous = ""
        for (name, entry) in entries {
            guard let size = NumberType(rawValue: entry.dtype)?.size else {
                throw .unknownType(tensor: name, type: entry.dtype)
            }
            guard let needed = byteCount(entry.shape, size: size), entry.dataOffsets.count == 2 else {
                throw .badShape(tensor: name, shape: entry.shape)
            }
            let (start, stop) = (entry.dataOffsets[0], entry.dataOffsets[1])
            guard start >= 0, stop >= start, stop - start == needed else {
                throw .sizeMismatch(tensor: name, expected: needed, found: max(stop &- start, 0))
            }
            guard stop <= dataBytes else { throw .beyondFile(tensor: name, end: stop, dataBytes: dataBytes) }
            if start < end { throw .overlap(tensor: name, other: previous) }
            if start > end { throw .gap(after: end, before: start) }
            (end, previous) = (stop, name)
        }
        if end < dataBytes { throw .gap(after: end, before: dataBytes) }
    }

    /// Bytes of a shape; nil if a side is negative or the product too large.
    private static func byteCount(_ shape: [Int], size: Int) -> Int? {
        var count = size
        for side in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard side >= 0, !overflow else { return nil }
            count = product
        }
        return count
    }

    /// The bytes of a tensor whose entry was checked.
    static func stored(_ entry: Header.Entry, in data: Data) -> (Data, NumberType) {
        guard let type = NumberType(rawValue: entry.dtype) else { preconditionFailure("a type that was checked") }
        let start = data.startIndex + entry.dataOffsets[0]
        return (data[start..<start + entry.dataOffsets[1] - entry.dataOffsets[0]], type)
    }

    private static func shortReason(of error: any Error) -> String {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.keyNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? "it is not a JSON object" : "entry '\(path)'"
        default: return "it is not JSON"
        }
    }
}

extension SafetensorsError.Problem: Error {}

/// The number types that can be read, by their names in the format.
enum NumberType: String {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case float64 = "F64"
    case int64 = "I64"
    case byte = "U8"
    case signedByte = "I8"

    /// The type that is written.
    init(_ storage: Tensor.Storage) {
        switch storage {
        case .float32: self = .float32
        case .byte: self = .byte
        case .signedByte: self = .signedByte
        }
    }

    var size: Int {
        switch self {
        case .byte, .signedByte: 1
        case .float32: 4
        case .float16, .bfloat16: 2
        case .float64, .int64: 8
        }
    }

    /// The numbers that bytes hold.
    func values(in data: Data) -> [Float] {
        data.withUnsafeBytes { bytes in
            [Float](unsafeUninitializedCapacity: bytes.count / size) { values, count in
                count = bytes.count / size
                for index in 0..<count { values.initializeElement(at: index, to: value(in: bytes, at: index * size)) }
            }
        }
    }

    private func value(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
        switch self {
        case .byte: Float(bytes[offset])
        case .signedByte: Float(Int8(bitPattern: bytes[offset]))
        case .int64:
            Float(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)))
        case .float32:
            Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        case .float16:
            Float(
                Float16(bitPattern: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))))
        case .bfloat16:
            Float(
                bitPattern: UInt32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
                    << 16)
        case .float64:
            Float(
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))))
        }
    }
}
