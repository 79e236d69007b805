/// The program and the model that made labels or texts, as outputs name them where their formats have a place for it.
public struct PredictionMaker: Sendable, Equatable {
    /// The model's name.
    public let model: String
    /// SHA-256 of its file, in hexadecimal.
    public let sha256: String

    public init(model: String, sha256: String) {
        (self.model, self.sha256) = (model, sha256)
    }

    /// "Strand 0.2.0, model NAME, SHA-256 ..."
    package var text: String { "Strand \(strandVersion), model \(model), SHA-256 \(sha256)" }

    /// The model with the first twelve digits of its hash, as in "strand-ink-1 0123456789ab".
    package var shortModel: String { "\(model) \(sha256.prefix(12))" }
}
