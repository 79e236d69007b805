import StrandEngine
import StrandNetwork

/// The description of a language model in its file.
private struct TextModelDescription: Codable {
    var version = ModelMetadata.currentVersion
    var task = ModelTask.text
    var alphabet: String
    var order: Int
    var data: [DataFile]
}

/// Names of the tensors.
private enum Name {
    static let labels = "ngram.labels"
    static let shares = "ngram.shares"
    static let childCounts = "ngram.child_counts"
    static let backoffs = "ngram.backoffs"
}

extension CharacterModel {
    /// Reads a model file.
    /// - Throws: `SafetensorsError` for a file that cannot be read, is damaged, or is of another version or kind.
    public init(path: String) throws(SafetensorsError) {
        try self.init(Safetensors(path: path), file: path)
    }

    /// A model from the contents of a file.
    public init(_ contents: Safetensors, file: String) throws(SafetensorsError) {
        do throws(SafetensorsError.Problem) {
            let description: TextModelDescription = try ModelMetadata(contents).description(of: .text)
            guard let alphabet = InkAlphabet(description.alphabet), alphabet.labelCount < 255 else {
                throw .badMetadata(key: "alphabet", reason: "it is empty, too long or holds a character twice")
            }
            guard (1...NGramCounter.longest).contains(description.order) else {
                throw .badMetadata(key: "order", reason: "\(description.order) is not in 1 ... \(NGramCounter.longest)")
            }
            func bytes(_ name: String) throws(SafetensorsError.Problem) -> [UInt8] {
                guard let tensor = contents[name] else { throw .missingTensor(name) }
                guard let bytes = tensor.bytes else { throw .badShape(tensor: name, shape: tensor.shape) }
                return bytes
            }
            let grams = NGramTree(
                labels: try bytes(Name.labels), shares: try bytes(Name.shares),
                childCounts: try bytes(Name.childCounts), backoffs: try bytes(Name.backoffs),
                lastLabel: alphabet.labelCount)
            guard let grams else { throw .badMetadata(key: "ngram", reason: "the tensors make no tree of n-grams") }
            self.init(alphabet: alphabet, order: description.order, data: description.data, grams: grams)
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(
            metadata: ModelMetadata.text(
                of: TextModelDescription(alphabet: alphabet.text, order: order, data: data)),
            tensors: [
                Tensor(name: Name.labels, bytes: grams.labels), Tensor(name: Name.shares, bytes: grams.shares),
                Tensor(name: Name.childCounts, bytes: grams.childCounts),
                Tensor(name: Name.backoffs, bytes: grams.backoffs),
            ])
    }
}
