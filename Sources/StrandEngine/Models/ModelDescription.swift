import StrandNetwork

/// The purpose of a model, by its name in the file. Each task's module names its own.
public struct ModelTask: RawRepresentable, Sendable, Hashable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A model file's metadata: everything needed to run the model, and its origin.
///
/// It is one JSON object under the key `strand`; the tensors beside it have PyTorch's names.
public struct ModelDescription<
    Encoder: Sendable & Equatable & Codable, Recipe: Sendable & Equatable & Codable
>: Sendable, Equatable, Codable {
    /// The data the model labels.
    public var task: ModelTask
    /// Version of the description: see `ModelMetadata.currentVersion`.
    public var version = ModelMetadata.currentVersion
    /// The model's name.
    public var name: String
    /// How a sequence becomes inputs of the network.
    public var input: Encoder
    /// Labels in the order of the logits, one character each; for `ctc` the blank comes before them.
    public var labels: String
    /// How logits become labels: `softmax`, the most probable label at each timestep, or `ctc`, which merges repeats
    /// and removes blanks.
    public var decoder: String
    /// Logits are divided by this before the softmax (Guo et al. 2017).
    public var temperature = 1.0
    /// Layer sizes; equal to the tensors'.
    public var network: NetworkShape
    public var training: TrainingDescription<Recipe>?
    /// Measured figures by name, such as `valid_q8 Q3`.
    public var figures: [String: Double] = [:]

    package init(task: ModelTask, name: String, input: Encoder, labels: String, decoder: String, network: NetworkShape)
    {
        self.task = task
        self.name = name
        self.input = input
        self.labels = labels
        self.decoder = decoder
        self.network = network
    }
}

extension ModelDescription {
    /// Checks what holds for every kind of model.
    package func check(_ network: NetworkShape, features: Int, decoder expected: String) throws(SafetensorsError
        .Problem)
    {
        guard self.network == network else {
            throw .badMetadata(key: "network", reason: "the tensors have other sizes")
        }
        guard features == network.inputs else {
            throw .badMetadata(key: "input", reason: "\(features) features for \(network.inputs) inputs")
        }
        guard decoder == expected else { throw .badMetadata(key: "decoder", reason: "'\(decoder)' is unknown") }
        guard temperature.isFinite, temperature > 0 else {
            throw .badMetadata(key: "temperature", reason: "\(temperature) is not above 0")
        }
    }
}
