import StrandNetwork

/// A network of a task, and what its file says about it.
public struct Model<Task: SequenceTask>: Sendable {
    public var description: ModelDescription<Task.Encoder, Task.Recipe>
    public let network: RecurrentNetwork<Float>
    /// What it labels timesteps with.
    public let labels: Task.Labels

    /// A freshly trained network.
    /// - Parameters:
    ///   - network: has a logit for each label.
    ///   - labels: in the order of its logits.
    ///   - encoder: how an input becomes features.
    ///   - name: what it is called.
    public init(network: RecurrentNetwork<Float>, labels: Task.Labels, encoder: Task.Encoder, name: String) {
        self.network = network
        self.labels = labels
        description = ModelDescription(
            task: Task.name, name: name, input: encoder, labels: labels.text, decoder: Task.decoder,
            network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(bytes: Self.bytes(of: path), file: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelMetadata(contents).description(of: Task.name)
            network = try RecurrentNetwork(contents)
            guard description.input.isUsable else {
                throw .badMetadata(key: "input", reason: "its settings make no sense")
            }
            try description.check(
                network.shape, features: description.input.featureCount, decoder: Task.decoder)
            guard let labels = Task.Labels(description.labels), labels.logitCount == network.shape.labels else {
                throw .badMetadata(key: "labels", reason: "'\(description.labels)' for \(network.shape.labels) logits")
            }
            self.labels = labels
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(metadata: ModelMetadata.text(of: description), tensors: network.tensors)
    }
}
