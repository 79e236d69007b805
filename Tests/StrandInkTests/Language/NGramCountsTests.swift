import Foundation
import TestSupport
import Testing

@testable import StrandInk

@Suite struct NGramCountsTests {
    /// Numbers of small letters from 1.
    private static func numbers(_ text: String) -> [UInt8] { text.utf8.map { $0 - 96 } }

    private static let start: UInt8 = 27

    private func counts(_ lines: [String], order: Int) -> NGramCounts {
        var counter = NGramCounter(order: order, start: Self.start)
        for line in lines { counter.add(Self.numbers(line)) }
        return counter.counts()
    }

    private func node(_ text: String, in tree: NGramTree) -> Int? {
        tree.node(of: Self.numbers(text).map { Int32($0) })
    }

    @Test func whatTellsLeastIsPrunedFirst() throws {
        // What follows "a" depends on the letter before; what follows "d" does not, though it is seen more often.
        let lines = (0..<5).flatMap { _ in ["xab", "yac"] } + (0..<9).flatMap { _ in ["pde", "qde"] }
        let counts = counts(lines, order: 3)
        let all = counts.tree(within: .max)
        let pruned = counts.tree(within: all.byteCount - 8)
        for text in ["xab", "yac"] { #expect(node(text, in: all) != nil && node(text, in: pruned) != nil, "\(text)") }
        for text in ["pde", "qde"] { #expect(node(text, in: all) != nil && node(text, in: pruned) == nil, "\(text)") }
    }

    /// Words from a small chain of letters, the same every time.
    private static let words: [String] = {
        var random = SplitMix64(seed: 3)
        return (0..<400).map { _ in
            var letters = [Int.random(in: 0...7, using: &random)]
            while letters.count < 12 && Int.random(in: 0...6, using: &random) > 0 {
                letters.append((letters[letters.count - 1] * 5 + Int.random(in: 0...3, using: &random)) % 9)
            }
            return String(decoding: letters.map { UInt8(97 + $0) }, as: UTF8.self)
        }
    }()

    @Test(arguments: [1_000, 2_000, 4_000, 8_000])
    func fillsItsLimitAndEveryContextIsReached(limit: Int) {
        let tree = counts(Self.words, order: 6).tree(within: limit)
        #expect(tree.byteCount <= limit && tree.byteCount > limit * 9 / 10)
        func visit(_ node: Int, _ gram: [Int32]) {
            let children = tree.children(of: node)
            // As a context it is looked up by its last characters, from one on.
            if !children.isEmpty {
                for length in 0..<gram.count { #expect(tree.node(of: gram.suffix(length)) != nil, "\(gram)") }
            }
            for child in children { visit(child, gram + [Int32(tree.labels[child])]) }
        }
        visit(0, [])
    }

    @Test(arguments: 1...8) func everyOrderHasProbabilities(order: Int) throws {
        let alphabet = try #require(InkAlphabet("abcdefghi"))
        for limit in [0, 600, Int.max] {
            let model = try #require(CharacterModel(Self.words, alphabet: alphabet, order: order, sizeLimit: limit))
            let bits = try #require(model.crossEntropy(of: Self.words))
            #expect(bits < log2(10))
            let sum = model.probabilities(after: [1, 2, 3]).reduce(0, +)
            #expect(abs(sum - 1) < 1e-9)
        }
    }

    @Test func pairsStayWhateverTheLimit() {
        let tree = counts(["ab", "cab"], order: 4).tree(within: 0)
        for text in ["a", "ab", "ca"] { #expect(node(text, in: tree) != nil, "\(text)") }
        #expect(node("cab", in: tree) == nil)
    }
}
