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
private struct Name {
    let prefix: String
    var labels: String { "\(prefix).labels" }
    var shares: String { "\(prefix).shares" }
    var childCounts: String { "\(prefix).child_counts" }
    var backoffs: String { "\(prefix).backoffs" }

    static let ofGrams = Name(prefix: "ngram")
    static let ofWords = Name(prefix: "words")

    func tensors(of tree: NGramTree) -> [Tensor] {
        [
            Tensor(name: labels, bytes: tree.labels), Tensor(name: shares, bytes: tree.shares),
            Tensor(name: childCounts, bytes: tree.childCounts), Tensor(name: backoffs, bytes: tree.backoffs),
        ]
    }
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
            guard let alphabet = InkAlphabet(description.alphabet), Self.knows(alphabet) else {
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
            func tree(_ names: Name) throws(SafetensorsError.Problem) -> NGramTree {
                let tree = NGramTree(
                    labels: try bytes(names.labels), shares: try bytes(names.shares),
                    childCounts: try bytes(names.childCounts), backoffs: try bytes(names.backoffs),
                    lastLabel: alphabet.labelCount)
                guard let tree else { throw .badMetadata(key: names.prefix, reason: "the tensors make no tree") }
                return tree
            }
            let words = contents[Name.ofWords.labels] == nil ? nil : try tree(.ofWords)
            self.init(
                alphabet: alphabet, order: description.order, data: description.data, grams: try tree(.ofGrams),
                words: words)
        } catch { throw SafetensorsError(file: file, error) }
    }

    /// The model's file.
    public var file: Safetensors {
        Safetensors(
            metadata: ModelMetadata.text(
                of: TextModelDescription(alphabet: alphabet.text, order: order, data: data)),
            tensors: Name.ofGrams.tensors(of: grams) + (words.map { Name.ofWords.tensors(of: $0.tree) } ?? []))
    }
}
