import FoundationEssentials
import StrandNetwork

/// What a model file says about itself in its metadata: all that is needed to run it, and where it comes from.
///
/// It is one JSON object under the key `strand`; the tensors beside it have PyTorch's names.
public struct ModelDescription: Sendable, Equatable, Codable {
    /// Version of this description that the program writes and reads.
    public static let currentVersion = 1

    /// A kind of sequence.
    public enum Task: String, Sendable, Codable {
        case protein
    }

    public var version = currentVersion
    /// What the model labels.
    public var task: Task
    /// What it is called.
    public var name: String
    /// Letters of the input, each a place of a one-hot vector; all other letters share the place after them.
    public var input: ResidueEncoder
    /// Labels in the order of the logits, a letter each.
    public var labels: String
    /// How logits become labels: `softmax`, the most probable label at each timestep.
    public var decoder = "softmax"
    /// Logits are divided by this before the softmax (Guo et al. 2017).
    public var temperature = 1.0
    /// Sizes; the same as the tensors'.
    public var network: NetworkShape
    public var training: TrainingDescription?
    /// Measured figures by name, such as `valid_q8 Q3`.
    public var figures: [String: Double] = [:]

    init(task: Task, name: String, input: ResidueEncoder, labels: String, network: NetworkShape) {
        self.task = task
        self.name = name
        self.input = input
        self.labels = labels
        self.network = network
    }
}

/// How a model was trained.
public struct TrainingDescription: Sendable, Equatable, Codable {
    /// A file of labelled chains.
    public struct DataFile: Sendable, Equatable, Codable {
        public var name: String
        /// What it served for: `train`, `train (3 states)`, `validation`.
        public var role: String
        /// SHA-256 of the file as it stands, in hexadecimal.
        public var sha256: String
        public var chains: Int
        public var residues: Int

        public init(name: String, role: String, sha256: String, chains: Int, residues: Int) {
            self.name = name
            self.role = role
            self.sha256 = sha256
            self.chains = chains
            self.residues = residues
        }
    }

    public var data: [DataFile]
    public var options: TrainingOptions
    public var protein: ProteinTraining.Options

    public init(data: [DataFile], options: TrainingOptions, protein: ProteinTraining.Options) {
        self.data = data
        self.options = options
        self.protein = protein
    }
}

extension ModelDescription {
    private static let key = "strand"

    /// What must be known before the rest can be read.
    private struct Preface: Codable {
        var version: Int
        var task: String
    }

    /// Reads the description of a model for `task` from a file's metadata; version and task are looked at first.
    init(_ file: Safetensors, task: Task) throws(SafetensorsError.Problem) {
        guard let text = file.metadata[Self.key] else { throw .missingMetadata(key: Self.key) }
        let json = Data(text.utf8)
        guard let preface = try? JSONDecoder().decode(Preface.self, from: json) else {
            throw .badMetadata(key: Self.key, reason: "it states no version and task")
        }
        guard preface.version == Self.currentVersion else {
            throw .unsupportedVersion(found: "\(preface.version)", supported: "\(Self.currentVersion)")
        }
        guard preface.task == task.rawValue else { throw .wrongKind(expected: task.rawValue, found: preface.task) }
        do { self = try JSONDecoder().decode(Self.self, from: json) } catch {
            throw .badMetadata(key: Self.key, reason: Self.reason(of: error))
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' cannot be understood"
        default: "it cannot be understood"
        }
    }

    /// The metadata that `init(_:)` reads.
    var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(self) else { preconditionFailure("a description is plain data") }
        return [Self.key: String(decoding: json, as: UTF8.self)]
    }
}
