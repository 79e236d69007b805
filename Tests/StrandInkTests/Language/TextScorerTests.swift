import Foundation
import StrandBytes
import StrandInk
import Testing

@testable import StrandInk

@Suite struct TextScorerTests {
    private let alphabet = InkAlphabet("abc d-B")!
    private let lexicon = Lexicon(["bad", "a", "bad-c", " cab "])

    private func allowed(_ text: String, _ scorer: TextScorer) -> Bool {
        var state = scorer.start
        for label in alphabet.labels(of: text)! {
            if scorer.score(of: label, in: scorer.expected(after: state)) == -.infinity { return false }
            state = scorer.state(after: state, label)
        }
        return scorer.endScore(after: state) > -.infinity
    }

    @Test func lexiconAllowsItsWordsOnly() {
        let scorer = TextScorer(alphabet: alphabet, model: nil, lexicon: lexicon, weight: 1, bonus: 0)
        for text in ["", "bad", "Bad", "a bad cab", "bad-c", "bad - a", "cab-", "a", " "] {
            #expect(allowed(text, scorer), "\(text)")
        }
        for text in ["ba", "bada", "aa", "c", "a ba", "baB"] { #expect(!allowed(text, scorer), "\(text)") }
    }

    @Test func modelScoresAreWeightedLogarithms() throws {
        let model = try #require(CharacterModel(["bad cab", "a bad"], alphabet: InkAlphabet("abcd ")!, order: 3))
        let scorer = TextScorer(alphabet: alphabet, model: model, lexicon: nil, weight: 0.5, bonus: 2)
        var (state, context) = (scorer.start, [Int32]())
        for character in "bad" {
            let probabilities = model.probabilities(after: context)
            let expectations = scorer.expected(after: state)
            for candidate in "abcd " {
                let label = try #require(alphabet.label(of: candidate))
                let number = try #require(model.alphabet.label(of: candidate))
                let expected = 0.5 * log(probabilities[Int(number)]) + 2
                #expect(abs(Double(scorer.score(of: label, in: expectations)) - expected) < 1e-5)
            }
            // Characters unknown to the model are improbable, not impossible.
            let unknown = scorer.score(of: try #require(alphabet.label(of: "-")), in: expectations)
            #expect(unknown > -.infinity && unknown < scorer.score(of: 1, in: expectations))
            state = scorer.state(after: state, try #require(alphabet.label(of: character)))
            context.append(try #require(model.alphabet.label(of: character)))
        }
        #expect(abs(Double(scorer.endScore(after: state)) - 0.5 * log(model.probabilities(after: context)[0])) < 1e-5)
    }
}
