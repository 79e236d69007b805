import StrandMetrics
import TestSupport
import Testing

@Suite struct EditCountsTests {
    private func counts(_ pairs: [(String, String)]) -> EditCounts<Character> {
        pairs.reduce(into: EditCounts()) {
            $0.add(Alignment(reference: Array($1.0), hypothesis: Array($1.1)))
        }
    }

    private let pairs = [("cat", "cot"), ("cat", "cut"), ("bad", "bod"), ("dog", "dig"), ("no", "on"), ("b", "bc")]

    @Test func mostFrequentFirstThenBySymbol() {
        let counts = counts(pairs + [("zoo", "zo"), ("x", "xy")])
        let substitutions = counts.mostFrequent(.substitution, limit: 10)
        #expect(substitutions.map(\.edit) == [.taken("a", "o"), .taken("a", "u"), .taken("o", "i")])
        #expect(substitutions.map(\.count) == [2, 1, 1])
        #expect(counts.mostFrequent(.deletion, limit: 10).map(\.edit) == [.deletion("n"), .deletion("o")])
        let insertions = counts.mostFrequent(.insertion, limit: 2)
        #expect(insertions.map(\.edit) == [.insertion("c"), .insertion("n")])
    }

    @Test func matchesAreNotCounted() {
        let counts = counts(pairs)
        #expect(counts.mostFrequent(.match, limit: 10).isEmpty && counts.count(of: .match("b")) == 0)
        #expect(counts.count(of: .taken("a", "o")) == 2 && counts.count(of: .deletion("q")) == 0)
    }

    @Test func mergeEqualsAddingAll() {
        var merged = counts(Array(pairs.prefix(3)))
        merged.merge(counts(Array(pairs.dropFirst(3))))
        #expect(merged == counts(pairs))
    }

    @Test func spellingsOfOneCharacterAreOne() {
        let counts = counts([("caf\u{E9}", "cafe"), ("cafe\u{301}", "cafe"), ("e\u{301}", "")])
        #expect(counts.mostFrequent(.substitution, limit: 5).map(\.count) == [2])
        #expect(counts.count(of: .deletion("\u{E9}")) == 1)
    }

    @Test func orderDoesNotDependOnTheOrderOfSamples() {
        var generator = SplitMix64(seed: 21)
        let pairs = (0..<200).map { _ in
            (String("abcdefghij".randomElement(using: &generator)!), "\(UInt.random(in: 0...9, using: &generator))")
        }
        let shuffled = pairs.shuffled(using: &generator)
        #expect(
            counts(pairs).mostFrequent(.substitution, limit: 100)
                == counts(shuffled).mostFrequent(.substitution, limit: 100))
    }
}

extension Edit<Character> {
    fileprivate static func taken(_ reference: Character, _ hypothesis: Character) -> Edit {
        .substitution(reference: reference, hypothesis: hypothesis)
    }
}
