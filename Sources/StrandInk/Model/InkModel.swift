import StrandEngine
import StrandNetwork

/// The description of an ink model in its file.
public typealias InkDescription = ModelDescription<InkEncoder, InkAugmentation>

extension ModelTask {
    /// Handwriting.
    public static let ink = ModelTask(rawValue: "ink")
    /// Models of language.
    public static let text = ModelTask(rawValue: "text")
}

/// A network that reads ink, and its description.
public struct InkModel: Sendable {
    public var description: InkDescription
    public let network: RecurrentNetwork<Float>
    /// The characters it can read.
    public let alphabet: InkAlphabet

    /// A freshly trained network.
    public init(network: RecurrentNetwork<Float>, encoder: InkEncoder, alphabet: InkAlphabet, name: String) {
        self.network = network
        self.alphabet = alphabet
        description = ModelDescription(
            task: .ink, name: name, input: encoder, labels: alphabet.text, decoder: "ctc", network: network.shape)
    }

    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, or is of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(path: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            description = try ModelMetadata(contents).description(of: .ink)
            network = try RecurrentNetwork(contents)
            guard description.input.isUsable else {
                throw .badMetadata(key: "input", reason: "its steps cannot be walked")
            }
            try description.check(network.shape, features: description.input.featureCount, decoder: "ctc")
            guard let alphabet = InkAlphabet(description.labels), alphabet.labelCount == network.shape.labels else {
                throw .badMetadata(
                    key: "labels", reason: "\(network.shape.labels) labels need as many characters and the blank")
            }
            self.alphabet = alphabet
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(metadata: ModelMetadata.text(of: description), tensors: network.tensors)
    }
}
