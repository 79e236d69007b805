/// What is known of texts before the sequence is looked at: a language model, a lexicon.
///
/// Scores are added to logarithms of probabilities.
public protocol PrefixScorer: Sendable {
    /// What it remembers of a prefix.
    associatedtype State: Sendable

    /// Before the first symbol.
    var start: State { get }

    /// Scores of each of the K labels as the next symbol; `-infinity`: not allowed. The blank's means nothing.
    func scores(after state: State) -> [Float]

    /// The state after one more symbol, one that is allowed.
    func state(after state: State, _ label: Int32) -> State

    /// Score of the text's ending here.
    func endScore(after state: State) -> Float
}
