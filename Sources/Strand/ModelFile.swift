import FoundationEssentials
import StrandBytes
import StrandEngine
import StrandInk
import StrandNetwork
import StrandProteins

/// A model file of any kind.
public enum ModelFile {
    case protein(ProteinModel)
    case ink(InkModel)
    case text(CharacterModel)

    /// Reads a model.
    /// - Throws: `SafetensorsError` for a file that is damaged or of another version or kind.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        let task: ModelTask
        do throws(SafetensorsError.Problem) { task = try ModelMetadata(contents).task } catch {
            throw SafetensorsError(file: file, error)
        }
        switch task {
        case .protein: self = .protein(try ProteinModel(contents, file: file))
        case .ink: self = .ink(try InkModel(contents, file: file))
        case .text: self = .text(try CharacterModel(contents, file: file))
        default:
            throw SafetensorsError(file: file, .wrongKind(expected: "protein, ink or text", found: task.rawValue))
        }
    }

    /// Reads a model from a stream.
    /// - Throws: as above, or what `ByteReader` throws.
    public init(_ bytes: consuming ByteReader, path: String) throws {
        try self.init(Safetensors(bytes: Data(bytes.readAll(limit: 1 << 31) ?? []), file: path), file: path)
    }

    /// Reads a model with the SHA-256 of its file, in hexadecimal. The file is read once, so that it may be a pipe.
    /// - Parameter path: of the file; `-` is standard input.
    /// - Throws: `SafetensorsError` as `init(_:file:)`, and for a file that cannot be read.
    public static func hashed(path: String) throws(SafetensorsError) -> (model: ModelFile, sha256: String) {
        let (contents, sha256) = try Safetensors.hashed(path: path == "-" ? "/dev/stdin" : path)
        return (try ModelFile(contents, file: path), sha256)
    }

    /// The models inside the program.
    public static var shipped: [ModelFile] {
        ShippedProteinModel.allCases.map { .protein($0.model) } + [.ink(.shipped), .text(.shipped)]
    }

    /// Rounds the weights to 8 bits: see `RecurrentNetwork.quantised`. A model of text has none.
    public mutating func quantise() {
        switch self {
        case .protein(let model): self = .protein(model.quantised())
        case .ink(let model): self = .ink(model.quantised())
        case .text: break
        }
    }

    /// The file's contents.
    public var contents: Safetensors {
        switch self {
        case .protein(let model): model.file
        case .ink(let model): model.file
        case .text(let model): model.file
        }
    }

    /// What the file says of the model, for people.
    /// - Parameter file: what the file is called.
    public func summary(file: String) -> String {
        switch self {
        case .protein(let model): model.summary(file: file)
        case .ink(let model): model.summary(file: file)
        case .text(let model): model.summary(file: file)
        }
    }
}

/// What was built: version, commit, kernels and the models inside, for reports of faults.
public var buildDescription: String {
    let kernels = KernelPath.allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
    let proteins = ShippedProteinModel.allCases.map { ($0.model.description.name, $0.sha256) }
    let models =
        proteins + [
            (InkModel.shipped.description.name, InkModel.shippedSHA256),
            ("language model", CharacterModel.shippedSHA256),
        ]
    return
        ([
            "strand \(strandVersion)", "commit   \(strandCommit)",
            "kernels  \(KernelPath.best.rawValue) of \(kernels), as this processor has them",
        ] + models.map { "model    \($1)  \($0)" }).joined(separator: "\n")
}
