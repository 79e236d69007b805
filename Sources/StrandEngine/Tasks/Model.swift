import StrandNetwork

/// A network of a task, and what its file says about it.
public struct Model<Task: SequenceTask>: Sendable {
    public var description: ModelDescription<Task.Encoder, Task.Recipe>
    let weights: ModelWeights
    /// That of a file is decoded at each call.
    public var network: RecurrentNetwork<Float> { weights.network }
    /// What it labels timesteps with.
    public let labels: Task.Labels

    /// A freshly trained network.
    /// - Parameters:
    ///   - network: has a logit for each label.
    ///   - labels: in the order of its logits.
    ///   - encoder: how an input becomes features.
    ///   - name: what it is called.
    public init(network: RecurrentNetwork<Float>, labels: Task.Labels, encoder: Task.Encoder, name: String) {
        weights = .decoded(network)
        self.labels = labels
        description = ModelDescription(
            task: Task.name, name: name, input: encoder, labels: labels.text, decoder: Task.decoder,
            network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(bytes: Safetensors.allBytes(of: path), file: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        try self.init(contents, file: file, in: nil)
    }

    /// A model that comes with the program.
    package init(_ file: ShippedFile) {
        self = file.model { contents, name throws(SafetensorsError) in try Model(contents, file: name, in: file) }
    }

    private init(_ contents: Safetensors, file: String, in shipped: ShippedFile?) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelMetadata(contents).description(of: Task.name)
            weights = .stored(try StoredNetwork(contents), in: shipped)
            guard description.input.isUsable else {
                throw .badMetadata(key: "input", reason: "its settings make no sense")
            }
            try description.check(weights.shape, features: description.input.featureCount, decoder: Task.decoder)
            guard let labels = Task.Labels(description.labels), labels.logitCount == description.network.labels else {
                throw .badMetadata(
                    key: "labels", reason: "'\(description.labels)' for \(description.network.labels) logits")
            }
            self.labels = labels
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model with its weights rounded to 8 bits: see `RecurrentNetwork.quantised`.
    public func quantised() -> Model {
        Model(description: description, weights: .decoded(network.quantised()), labels: labels)
    }

    private init(
        description: ModelDescription<Task.Encoder, Task.Recipe>, weights: ModelWeights, labels: Task.Labels
    ) {
        (self.description, self.weights, self.labels) = (description, weights, labels)
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(metadata: ModelMetadata.text(of: description), tensors: network.tensors)
    }
}
