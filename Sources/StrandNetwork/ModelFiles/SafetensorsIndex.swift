import FoundationEssentials

/// The tensors of a safetensors file, read one at a time: for files larger than memory, of features for instance.
public struct SafetensorsIndex: Sendable {
    private let entries: [String: Header.Entry]
    private let data: Data

    /// Maps the file and reads its header.
    /// - Throws: as `Safetensors.init(path:)`.
    public init(path: String) throws(SafetensorsError) {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped) } catch {
            throw SafetensorsError(file: path, .unreadable(reason: reason(of: error)))
        }
        let (_, entries, data) = try Safetensors.contents(of: bytes, file: path)
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
}
