import FoundationEssentials

/// The tensors of a safetensors file, read when asked for: for files larger than memory, of features for instance.
public struct SafetensorsIndex: Sendable {
    public let metadata: [String: String]
    private let entries: [String: Header.Entry]
    private let data: Data

    /// Maps the file and reads its header.
    /// - Throws: as `Safetensors.init(path:)`.
    public init(path: String) throws(SafetensorsError) {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped) } catch {
            throw SafetensorsError(file: path, .unreadable(reason: reason(of: error)))
        }
        let (metadata, entries, data) = try Safetensors.contents(of: bytes, file: path)
        self.metadata = metadata
        self.entries = Dictionary(uniqueKeysWithValues: entries)
        self.data = data
    }

    /// The names of the tensors, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// The shape of a tensor; nil if there is none of that name.
    public func shape(of name: String) -> [Int]? { entries[name]?.shape }

    /// The numbers of a tensor, row-major; nil if there is none of that name.
    public func values(of name: String) -> [Float]? {
        entries[name].map { entry in
            let (stored, type) = Safetensors.stored(entry, in: data)
            return type.values(in: stored)
        }
    }

    /// The bytes of a tensor of type U8, mapped and not copied; nil if there is none of that name and type.
    public func bytes(of name: String) -> Data? {
        guard let entry = entries[name], case (let stored, .byte) = Safetensors.stored(entry, in: data) else {
            return nil
        }
        return stored
    }

    /// The numbers of a tensor of type I64, row-major; nil if there is none of that name and type.
    public func integers(of name: String) -> [Int]? {
        guard let entry = entries[name], case (let stored, .int64) = Safetensors.stored(entry, in: data) else {
            return nil
        }
        return stored.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map {
                Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
            }
        }
    }
}
