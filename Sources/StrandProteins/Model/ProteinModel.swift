import StrandEngine
import StrandNetwork

/// The description of a protein model in its file.
public typealias ProteinDescription = ModelDescription<ResidueEncoder, ProteinTraining.Options>

extension ModelTask {
    /// Secondary structure.
    public static let protein = ModelTask(rawValue: "protein")
}

/// A network that labels residues, and its description.
public struct ProteinModel: Sendable {
    public var description: ProteinDescription
    public let network: RecurrentNetwork<Float>
    /// Its label set.
    public let labels: LabelSet

    /// A freshly trained network.
    /// - Parameters:
    ///   - labels: in the order of its logits.
    ///   - encoder: how residues become inputs.
    ///   - name: the model's name.
    public init(
        network: RecurrentNetwork<Float>, labels: LabelSet = .dssp, encoder: ResidueEncoder = .standard, name: String
    ) {
        self.network = network
        self.labels = labels
        description = ModelDescription(
            task: .protein, name: name, input: encoder,
            labels: labels.text, decoder: "softmax",
            network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, or is of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(path: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelMetadata(contents).description(of: .protein)
            network = try RecurrentNetwork(contents)
            try description.check(network.shape, features: description.input.featureCount, decoder: "softmax")
            guard let labels = LabelSet(description.labels), labels.count == network.shape.labels else {
                throw .badMetadata(
                    key: "labels", reason: "\(network.shape.labels) labels need as many different letters")
            }
            self.labels = labels
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(metadata: ModelMetadata.text(of: description), tensors: network.tensors)
    }
}
