import Foundation
import Testing

@testable import StrandNetwork

/// Decoders against all paths of a few steps.
@Suite struct DecodingTests {
    /// Rows of probabilities.
    private func probabilities(
        steps: Int, labels: Int, _ generator: inout SeededGenerator
    ) -> (rows: [[Double]], matrix: Matrix<Float>) {
        let rows = (0..<steps).map { _ in
            let powers = (0..<labels).map { _ in exp(generator.uniform(within: 3)) }
            return powers.map { $0 / powers.reduce(0, +) }
        }
        return (rows, Matrix(rows: steps, columns: labels, elements: rows.joined().map { Float($0) }))
    }

    private static let sizes = [(1, 2), (2, 3), (3, 3), (4, 3), (5, 2), (6, 2), (4, 4)]

    @Test(arguments: sizes) func bestPathIsTheMostProbable(steps: Int, labels: Int) throws {
        var generator = SeededGenerator(seed: 3)
        for blank in 0..<labels {
            let (rows, matrix) = probabilities(steps: steps, labels: labels, &generator)
            let best = CTCPaths.all(steps: steps, labels: labels).max {
                CTCPaths.probability(of: $0, rows) < CTCPaths.probability(of: $1, rows)
            }
            #expect(BestPath.labels(matrix, blank: blank) == CTCPaths.text(of: try #require(best), blank: blank))
        }
    }

    @Test(arguments: sizes) func textProbabilityIsTheSumOverPaths(steps: Int, labels: Int) {
        var generator = SeededGenerator(seed: 4)
        for blank in 0..<labels {
            let (rows, matrix) = probabilities(steps: steps, labels: labels, &generator)
            for (text, probability) in CTCPaths.texts(rows, blank: blank) {
                let found = CTC(blank: blank).logProbability(of: text, matrix)
                #expect(abs(found - log(probability)) < 1e-5)
            }
        }
        let (_, matrix) = probabilities(steps: 2, labels: 3, &generator)
        #expect(CTC(blank: 0).logProbability(of: [1, 1], matrix) == -.infinity)
    }

    /// A beam that prunes nothing finds every text with its whole probability.
    @Test(arguments: sizes) func wideBeamFindsAllTexts(steps: Int, labels: Int) {
        var generator = SeededGenerator(seed: 5)
        var beam = PrefixBeam()
        (beam.width, beam.leastProbability) = (1000, 0)
        for blank in 0..<labels {
            let (rows, matrix) = probabilities(steps: steps, labels: labels, &generator)
            let expected = CTCPaths.texts(rows, blank: blank)
            let found = beam.texts(matrix, blank: blank, scorer: Scorer?.none)
            #expect(Set(found.map(\.text)) == Set(expected.keys) && found.count == expected.count)
            for hypothesis in found { #expect(abs(Double(hypothesis.score) - log(expected[hypothesis.text]!)) < 1e-4) }
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
    }

    /// Likes each label differently, forbids 2 after 1, and must end in 1.
    private struct Scorer: PrefixScorer {
        var start: Int32 { 0 }
        func expected(after state: Int32) -> [Float] { [0, 0.3, state == 1 ? -.infinity : -0.7, 0.1] }
        func score(of label: Int32, in expected: [Float]) -> Float { expected[Int(label)] }
        func state(after state: Int32, _ label: Int32) -> Int32 { label }
        func endScore(after state: Int32) -> Float { state == 1 ? 0.5 : -.infinity }

        func score(of text: [Int32]) -> Double {
            var (score, state) = (0.0, start)
            for label in text {
                score += Double(self.score(of: label, in: expected(after: state)))
                state = label
            }
            return score + Double(endScore(after: state))
        }
    }

    @Test func scorerAddsAndForbids() {
        var generator = SeededGenerator(seed: 6)
        var beam = PrefixBeam()
        (beam.width, beam.leastProbability) = (1000, 0)
        let (rows, matrix) = probabilities(steps: 5, labels: 4, &generator)
        var expected: [[Int32]: Double] = [:]
        for (text, probability) in CTCPaths.texts(rows, blank: 0) {
            let score = Scorer().score(of: text)
            if score > -.infinity { expected[text] = log(probability) + score }
        }
        let found = beam.texts(matrix, blank: 0, scorer: Scorer())
        #expect(Set(found.map(\.text)) == Set(expected.keys))
        for hypothesis in found { #expect(abs(Double(hypothesis.score) - expected[hypothesis.text]!) < 1e-4) }
        beam.width = 2
        let narrow = beam.texts(matrix, blank: 0, scorer: Scorer())
        #expect(narrow.count <= 2 && narrow.allSatisfy { expected[$0.text] != nil })
    }

    /// The alignment is that of the most probable path among those that spell the text.
    @Test(arguments: sizes) func alignmentIsTheMostProbable(steps: Int, labels: Int) throws {
        var generator = SeededGenerator(seed: 7)
        for blank in 0..<labels {
            let (rows, matrix) = probabilities(steps: steps, labels: labels, &generator)
            let paths = Dictionary(grouping: CTCPaths.all(steps: steps, labels: labels)) {
                CTCPaths.text(of: $0, blank: blank)
            }
            for (text, paths) in paths {
                let best = try #require(
                    paths.max { CTCPaths.probability(of: $0, rows) < CTCPaths.probability(of: $1, rows) })
                let alignment = try #require(CTCAlignment(text, to: matrix, blank: blank))
                #expect(alignment.symbols == symbols(of: best, matrix, blank: blank))
            }
        }
        let (_, matrix) = probabilities(steps: 2, labels: 3, &generator)
        #expect(CTCAlignment([1, 1], to: matrix, blank: 0) == nil)
        #expect(CTCAlignment([], to: matrix, blank: 0)?.symbols == [])
    }

    /// The runs of a path that are not blank.
    private func symbols(of path: [Int], _ matrix: Matrix<Float>, blank: Int) -> [CTCAlignment.Symbol] {
        var symbols: [CTCAlignment.Symbol] = []
        for (step, label) in path.enumerated() where label != blank {
            let probability = matrix[step, label]
            if step > 0, path[step - 1] == label, let last = symbols.last {
                symbols[symbols.count - 1] = .init(
                    steps: last.steps.lowerBound...step, probability: max(last.probability, probability))
            } else {
                symbols.append(.init(steps: step...step, probability: probability))
            }
        }
        return symbols
    }
}
