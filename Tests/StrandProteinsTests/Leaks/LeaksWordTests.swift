import StrandBytes
import StrandProteins
import TestSupport
import Testing

@Suite struct LeaksWordTests {
    /// Against the score of every one of the 8,000 words.
    @Test func neighboursAreThoseOfBruteForce() {
        var generator = SplitMix64(seed: 1)
        let words = (0..<60).map { _ in BLOSUM62.codes(of: generator.chain(3)) } + [codes("AAA"), codes("WWW")]
        for word in words {
            var found: [Int] = []
            WordTable.forEachNeighbour(of: word) { found.append($0) }
            let all = (0..<WordTable.wordCount).filter { number in
                let other = [number / 400, number / 20 % 20, number % 20].map { UInt8($0) }
                return zip(word, other).reduce(0) { $0 + BLOSUM62.score($1.0, $1.1) } >= 11
            }
            #expect(found.sorted() == all)
        }
    }

    @Test func tableHoldsEveryPairOnce() {
        var generator = SplitMix64(seed: 2)
        var chain = BLOSUM62.codes(of: generator.chain(90))
        chain[40] = BLOSUM62.unknown
        let table = WordTable(chain)
        var expected: [[Int32]] = .init(repeating: [], count: WordTable.wordCount)
        for start in 0...87 where !(38...40).contains(start) {
            WordTable.forEachNeighbour(of: Array(chain[start..<start + 3])) { expected[$0].append(Int32(start)) }
        }
        for word in 0..<WordTable.wordCount {
            let range = Int(table.starts[word])..<Int(table.starts[word + 1])
            #expect(Array(table.positions[range]) == expected[word])
        }
        #expect(table.starts[WordTable.wordCount] == table.starts[WordTable.wordCount + 1])
    }

    @Test func wordsEndAtUnknownResidues() {
        let none = UInt16(WordTable.wordCount)
        #expect(WordTable.words(codes("AAAXARA")) == [0, none, none, none, 20, none, none])
    }

    /// Against the plain best prefix to both sides.
    @Test func extensionsAreThoseOfThePlainTwin() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<300 {
            let query = BLOSUM62.codes(of: generator.chain(Int.random(in: 20...60, using: &generator)))
            let q = Int.random(in: 0...query.count - 3, using: &generator)
            let (before, after) = (BLOSUM62.codes(of: generator.chain(7)), BLOSUM62.codes(of: generator.chain(4)))
            let letters = query.map { BLOSUM62.residues[Int($0)] }
            let subject = before + BLOSUM62.codes(of: generator.mutated(letters, replaced: 0.6)) + after
            let profile = ScoreProfile([query])
            let training = TrainingChains([BLOSUM62.codes(of: generator.chain(9)), subject])
            let scores = query.indices.map { BLOSUM62.score(query[$0], subject[$0 + 7]) }
            let left = PlainTwin.bestPrefix(scores[..<q].reversed())
            let right = PlainTwin.bestPrefix(Array(scores[(q + 3)...]))
            let (start, other) = (profile.bounds[0].lowerBound + q, training.bounds[1].lowerBound + q + 7)
            let segment = try #require(profile.segment(start, other, reaching: start, in: training.codes))
            let total = scores[q..<q + 3].reduce(0, +) + left.score + right.score
            #expect(
                segment
                    == SegmentPair(
                        score: total, queryStart: start - left.length, length: left.length + 3 + right.length,
                        diagonal: other - start))
            let isBack = profile.segment(start, other, reaching: start - left.length, in: training.codes) != nil
            let isFurther = profile.segment(start, other, reaching: start - left.length - 1, in: training.codes) != nil
            #expect(isBack && !isFurther)
        }
    }
}
