import CStrandModels
import FoundationEssentials
import StrandNetwork

/// A network that labels residues, and what its file says about it.
public struct ProteinModel: Sendable {
    public var description: ModelDescription
    public let network: BiLSTM<Float>

    /// A freshly trained network.
    public init(network: BiLSTM<Float>, encoder: ResidueEncoder = .standard, name: String) {
        self.network = network
        description = ModelDescription(
            task: .protein, name: name, input: encoder,
            labels: String(decoding: SecondaryStructure.eightStates, as: UTF8.self), network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(path: path), file: path)
    }

    /// The model that comes with the program.
    public static var shipped: ProteinModel {
        let bytes = Data(bytes: strand_protein_model, count: strand_protein_model_size)
        do { return try ProteinModel(Safetensors(bytes: bytes, file: "shipped model"), file: "shipped model") } catch {
            preconditionFailure("\(error)")
        }
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelDescription(contents, task: .protein)
            network = try BiLSTM(contents)
            try check()
        } catch { throw SafetensorsError(file: file, error) }
    }

    private func check() throws(SafetensorsError.Problem) {
        guard description.network == network.shape else {
            throw .badMetadata(key: "network", reason: "the tensors have other sizes")
        }
        guard description.input.featureCount == network.shape.inputs else {
            throw .badMetadata(
                key: "input", reason: "\(description.input.featureCount) features for \(network.shape.inputs) inputs")
        }
        guard Array(description.labels.utf8) == SecondaryStructure.eightStates, network.shape.labels == 8 else {
            throw .badMetadata(key: "labels", reason: "a protein model has the labels HGIEBTSC")
        }
        guard description.decoder == "softmax" else {
            throw .badMetadata(key: "decoder", reason: "'\(description.decoder)' is unknown")
        }
        guard description.temperature.isFinite, description.temperature > 0 else {
            throw .badMetadata(key: "temperature", reason: "\(description.temperature) is not above 0")
        }
    }

    /// The model's file.
    public var file: Safetensors { Safetensors(metadata: description.metadata, tensors: network.tensors) }
}
