import FoundationEssentials
import StrandBytes
import StrandNetwork

/// A file that a model was made from.
public struct DataFile: Sendable, Equatable, Codable {
    public var name: String
    /// Its role: `train`, `train (3 states)`, `validation`, `teacher`.
    public var role: String
    /// SHA-256 of the file as stored, in hexadecimal.
    public var sha256: String
    /// Chains, or samples of ink; 0 for a file without any.
    public var records: Int
    /// Residues, or characters.
    public var symbols: Int

    public init(name: String, role: String, sha256: String, records: Int, symbols: Int) {
        self.name = name
        self.role = role
        self.sha256 = sha256
        self.records = records
        self.symbols = symbols
    }
}

/// How a model was trained. `Recipe` says how its kind of data becomes a task.
public struct TrainingDescription<Recipe: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
    public var data: [DataFile]
    public var options: TrainingOptions
    public var recipe: Recipe

    public init(data: [DataFile], options: TrainingOptions, recipe: Recipe) {
        self.data = data
        self.options = options
        self.recipe = recipe
    }
}

/// The last part of a path.
package func fileName(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

extension DataFile {
    /// The description, in a model file, of another model that it was made from.
    public init(model path: String, sha256: String, role: String) {
        self.init(name: fileName(of: path), role: role, sha256: sha256, records: 0, symbols: 0)
    }
}

extension Model {
    /// Reads a model file with its SHA-256, in hexadecimal. It is read once, so that it may be a pipe.
    /// - Throws: what `init(path:)` throws.
    public static func hashed(path: String) throws(SafetensorsError) -> (model: Model, sha256: String) {
        let (contents, sha256) = try Safetensors.hashed(path: path)
        return (try Model(contents, file: path), sha256)
    }
}

extension Safetensors {
    /// Reads a file or a pipe, once, with its SHA-256 in hexadecimal.
    /// - Throws: what `init(path:)` throws.
    package static func hashed(path: String) throws(SafetensorsError) -> (contents: Safetensors, sha256: String) {
        let bytes = try modelBytes(of: path)
        var digest = SHA256()
        digest.update(Array(bytes)[...])
        return (try Safetensors(bytes: bytes, file: path), digest.finish())
    }

    /// The bytes of a file or a pipe, which Foundation refuses.
    static func modelBytes(of path: String) throws(SafetensorsError) -> Data {
        guard FileState.isPipe(path) else { return try Safetensors.bytes(of: path) }
        var reader = ByteReader(.file(path))
        do throws(FormatError) { return Data(try reader.readAll(limit: .max) ?? []) } catch {
            throw SafetensorsError(file: path, .unreadable(reason: "\(error.problem)"))
        }
    }
}
