import Glibc
import StrandNetwork

/// Scores prefixes of a reader's texts by a language model, a lexicon, or both.
struct TextScorer: PrefixScorer {
    struct State: Sendable {
        /// Numbers of the last characters in the language model.
        var context: [Int32] = []
        /// Position of the last word in the lexicon.
        var prefix: Lexicon.Prefix?
    }

    struct Expected: Sendable {
        /// The language model's, of its characters.
        var probabilities: [Float]?
        var prefix: Lexicon.Prefix?
    }

    private let alphabet: InkAlphabet
    private let model: CharacterModel?
    private let lexicon: Lexicon?
    private let weight: Float
    private let bonus: Float
    /// For each label of the reader, the language model's number for its character; nil: unknown to it.
    private let numbers: [Int32?]

    /// The score of a character unknown to the language model.
    private static let unknown: Float = 1e-6

    /// - Parameters:
    ///   - alphabet: the reader's alphabet.
    ///   - weight: factor for the language model's logarithms.
    ///   - bonus: added for every character, because the model alone would favour short texts.
    init(alphabet: InkAlphabet, model: CharacterModel?, lexicon: Lexicon?, weight: Float, bonus: Float) {
        self.alphabet = alphabet
        self.model = model
        self.lexicon = lexicon
        self.weight = weight
        self.bonus = bonus
        numbers = [0] + alphabet.characters.map { model?.alphabet.label(of: $0) }
    }

    var start: State { State(prefix: lexicon?.start) }

    func expected(after state: State) -> Expected {
        Expected(probabilities: model?.probabilities(after: state.context).map { Float($0) }, prefix: state.prefix)
    }

    func score(of label: Int32, in expected: Expected) -> Float {
        if let lexicon, let prefix = expected.prefix,
            lexicon.prefix(after: prefix, alphabet.characters[Int(label) - 1]) == nil
        {
            return -.infinity
        }
        guard let probabilities = expected.probabilities else { return 0 }
        let probability = numbers[Int(label)].map { probabilities[Int($0)] } ?? Self.unknown
        return weight * logf(probability) + bonus
    }

    func state(after state: State, _ label: Int32) -> State {
        var next = state
        if let model {
            // An unknown character breaks the context.
            next.context = numbers[Int(label)].map { (state.context + [$0]).suffix(model.contextLength) } ?? []
        }
        if let prefix = state.prefix {
            next.prefix = lexicon?.prefix(after: prefix, alphabet.characters[Int(label) - 1])
        }
        return next
    }

    func endScore(after state: State) -> Float {
        if let lexicon, let prefix = state.prefix, !lexicon.canEnd(prefix) { return -.infinity }
        guard let model else { return 0 }
        return weight * logf(Float(model.probabilities(after: state.context)[0]))
    }
}
