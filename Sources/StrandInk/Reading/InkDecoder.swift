import Glibc
import StrandNetwork

/// How a network's probabilities become text.
public struct InkDecoder: Sendable {
    /// Texts kept while searching; 1: the most probable path, without search.
    public var beamWidth: Int
    /// Texts kept where nobody says how many. On validation writers, with the language model, 16 lose 0.1 to 0.3 points of
    /// character error rate beside 32, and 64 gain less than 0.1.
    public static let usualBeam = 32
    /// Texts returned.
    public var alternatives = 1
    public var languageModel: CharacterModel?
    /// Factor for the language model's logarithms.
    public var languageWeight = 0.6
    /// Added for each character if there is a language model, which alone would favour short texts.
    public var characterBonus = 1.5
    /// The only characters allowed in a text, such as digits in a form; nil: all that the model knows.
    public var characters: Set<Character>?
    /// Words the text must consist of; ink that fits no words is read without it.
    public var lexicon: Lexicon?

    /// - Parameter beamWidth: 1 for the most probable path; a language model and a lexicon need more.
    public init(beamWidth: Int = 1) {
        precondition(beamWidth >= 1)
        self.beamWidth = beamWidth
    }

    /// Texts to keep while searching, for this many texts to return.
    /// - Parameters:
    ///   - asked: how many somebody wants; nil: the usual number.
    ///   - isGuided: whether a language model or a lexicon takes part.
    public static func beamWidth(_ asked: Int?, isGuided: Bool, alternatives: Int) -> Int {
        max(asked ?? (isGuided || alternatives > 1 ? usualBeam : 1), alternatives)
    }

    /// The most probable path.
    public static var bestPath: InkDecoder { InkDecoder() }

    /// Probabilities (T, K) of the allowed labels; those of all others are 0.
    func allowed(_ probabilities: Matrix<Float>, alphabet: InkAlphabet) -> Matrix<Float> {
        guard let characters else { return probabilities }
        let labels =
            [InkAlphabet.blank]
            + alphabet.characters.indices.filter { characters.contains(alphabet.characters[$0]) }.map { $0 + 1 }
        var allowed = Matrix<Float>(rows: probabilities.rows, columns: probabilities.columns)
        for step in 0..<probabilities.rows {
            let sum = labels.reduce(Float.leastNormalMagnitude) { $0 + probabilities[step, $1] }
            for label in labels { allowed[step, label] = probabilities[step, label] / sum }
        }
        return allowed
    }

    /// Texts with the logarithms of their probabilities, best first, at least one.
    func texts(_ probabilities: Matrix<Float>, alphabet: InkAlphabet) -> [(text: [Int32], logProbability: Double)] {
        let blank = InkAlphabet.blank
        if beamWidth > 1 {
            var beam = PrefixBeam()
            beam.width = beamWidth
            let hasScorer = languageModel != nil || lexicon != nil
            let scorer =
                hasScorer
                ? TextScorer(
                    alphabet: alphabet, model: languageModel, lexicon: lexicon, weight: Float(languageWeight),
                    bonus: Float(characterBonus)) : nil
            let found = beam.texts(probabilities, blank: blank, scorer: scorer)
            if let best = found.first?.score {
                let sum = found.reduce(0.0) { $0 + exp(Double($1.score - best)) }
                return found.prefix(alternatives).map { ($0.text, Double($0.score - best) - log(sum)) }
            }
        }
        let text = BestPath.labels(probabilities, blank: blank)
        return [(text, CTC(blank: blank).logProbability(of: text, probabilities))]
    }
}
