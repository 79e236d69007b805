import StrandEngine
import StrandNetwork

/// What the description of a model of proteins holds.
public typealias ProteinDescription = ModelDescription<ResidueEncoder, ProteinTraining.Options>

extension ModelTask {
    /// Secondary structure.
    public static let protein = ModelTask(rawValue: "protein")
}

/// A network that labels residues, and what its file says about it.
public struct ProteinModel: Sendable {
    public var description: ProteinDescription
    public let network: RecurrentNetwork<Float>

    /// A freshly trained network.
    public init(network: RecurrentNetwork<Float>, encoder: ResidueEncoder = .standard, name: String) {
        self.network = network
        description = ModelDescription(
            task: .protein, name: name, input: encoder,
            labels: String(decoding: SecondaryStructure.eightStates, as: UTF8.self), decoder: "softmax",
            network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(path: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelMetadata(contents).description(of: .protein)
            network = try RecurrentNetwork(contents)
            try check()
        } catch { throw SafetensorsError(file: file, error) }
    }

    private func check() throws(SafetensorsError.Problem) {
        try description.check(network.shape, features: description.input.featureCount, decoder: "softmax")
        guard Array(description.labels.utf8) == SecondaryStructure.eightStates, network.shape.labels == 8 else {
            throw .badMetadata(key: "labels", reason: "a protein model has the labels HGIEBTSC")
        }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(metadata: ModelMetadata.text(of: description), tensors: network.tensors)
    }
}
