import StrandNetwork

/// A kind of sequence and what it is labelled with: the one place that says how an input becomes features, what the labels
/// are, how logits become labels, and what a recipe of training holds.
///
/// `Model` and `Tagger` do for every task what does not depend on it.
public protocol SequenceTask: Sendable {
    /// How an input becomes features (T, I). It is kept in the model's file.
    associatedtype Encoder: SequenceEncoder
    /// The labels of a model, in the order of its logits.
    associatedtype Labels: TaskLabels
    /// How training data become features and targets. It is kept in the model's file.
    associatedtype Recipe: Sendable, Equatable, Codable

    /// What model files call the task.
    static var name: ModelTask { get }
    /// How logits become labels: `softmax` or `ctc`, see `ModelDescription.decoder`.
    static var decoder: String { get }
    /// What a record of training data is called: "chain".
    static var record: String { get }
    /// What it is made of: "residue".
    static var symbol: String { get }
}

/// The labels of a model.
public protocol TaskLabels: Sendable, Equatable {
    /// - Parameter text: the labels as a model's file has them, a character each; nil where they are none.
    init?(_ text: String)

    /// The labels as a model's file has them, a character each.
    var text: String { get }

    /// K: logits of the network, that of a blank among them.
    var logitCount: Int { get }
}

/// How an input becomes features.
public protocol SequenceEncoder: Sendable, Equatable, Codable {
    /// What is kept of an input until its features are wanted.
    associatedtype Encoded: Sendable

    /// I: features of a timestep.
    var featureCount: Int { get }

    /// Whether the settings, which come from a file, make sense.
    var isUsable: Bool { get }

    /// T: timesteps of an input.
    func length(of encoded: Encoded) -> Int

    /// (T, I), row by row: the features of some timesteps of an input.
    func features(of encoded: Encoded, _ steps: Range<Int>) -> [Float]
}

extension SequenceEncoder {
    public var isUsable: Bool { true }

    /// Inputs (N, I) of a batch.
    /// - Parameters:
    ///   - batch: lengths and order of the sequences.
    ///   - encoded: gives sequence k of the sorted batch.
    package func inputs(_ batch: RaggedBatch, _ encoded: (Int) -> Encoded) -> Matrix<Float> {
        batch.matrix(columns: featureCount) { features(of: encoded($0), 0..<batch.lengths[$0]) }
    }
}
