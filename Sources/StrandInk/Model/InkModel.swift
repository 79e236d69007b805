import StrandEngine

/// Pen strokes and their text.
public enum InkTask: SequenceTask {
    public typealias Encoder = InkEncoder
    public typealias Labels = InkAlphabet
    public typealias Recipe = InkAugmentation

    public static let name = ModelTask.ink
    public static let decoder = "ctc"
    public static let record = "sample"
    public static let symbol = "character"
}

extension ModelTask {
    /// Handwriting.
    public static let ink = ModelTask(rawValue: "ink")
    /// Models of language.
    public static let text = ModelTask(rawValue: "text")
}

/// A network that reads ink, and what its file says about it.
public typealias InkModel = Model<InkTask>
/// What the description of a model of ink holds.
public typealias InkDescription = ModelDescription<InkEncoder, InkAugmentation>

extension InkModel {
    /// The characters it can read.
    public var alphabet: InkAlphabet { labels }
}
