/// Prior knowledge of texts, such as a language model or a lexicon, for `PrefixBeam`.
///
/// Scores are added to logarithms of probabilities.
public protocol PrefixScorer: Sendable {
    /// What the scorer remembers of a prefix.
    associatedtype State: Sendable

    /// The state before the first symbol.
    var start: State { get }

    /// Scores of each of the K labels as the next symbol; `-infinity`: not allowed. The blank's score is ignored.
    func scores(after state: State) -> [Float]

    /// The state after one more symbol, which is an allowed one.
    func state(after state: State, _ label: Int32) -> State

    /// The score if the text ends here.
    func endScore(after state: State) -> Float
}
