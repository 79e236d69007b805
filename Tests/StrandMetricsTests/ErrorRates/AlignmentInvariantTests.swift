import StrandMetrics
import TestSupport
import Testing

/// Invariants of all alignments, on random sequences.
@Suite struct AlignmentInvariantTests {
    private static func sequences(_ count: Int, symbols: Int, upTo length: Int, seed: UInt64) -> [[Int]] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...length, using: &generator)).map { _ in
                Int.random(in: 0..<symbols, using: &generator)
            }
        }
    }

    /// The textbook's full table of distances of prefixes.
    private func plainDistance(_ a: [Int], _ b: [Int]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                if i == 0 || j == 0 {
                    table[i][j] = i + j
                } else {
                    let diagonal = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                    table[i][j] = min(diagonal, table[i - 1][j] + 1, table[i][j - 1] + 1)
                }
            }
        }
        return table[a.count][b.count]
    }

    @Test(arguments: [2, 4, 30])
    func ofPairs(symbols: Int) {
        let all = Self.sequences(300, symbols: symbols, upTo: 40, seed: UInt64(symbols))
        for (reference, hypothesis) in zip(all, all.dropFirst()) {
            let alignment = Alignment(reference: reference, hypothesis: hypothesis)
            let tally = alignment.tally
            #expect(alignment.edits.compactMap(\.reference) == reference)
            #expect(alignment.edits.compactMap(\.hypothesis) == hypothesis)
            #expect(
                alignment.edits.allSatisfy { edit in
                    if case .substitution(let a, let b) = edit { a != b } else { true }
                })
            #expect(alignment.distance == tally.substitutions + tally.deletions + tally.insertions)
            #expect(alignment.distance == plainDistance(reference, hypothesis))
            #expect(tally.reference == reference.count && tally.hypothesis == hypothesis.count)
            #expect(tally.matches == alignment.edits.count { $0.kind == .match })
            #expect(ErrorTally(reference: reference, hypothesis: hypothesis) == tally)
        }
    }

    @Test func turningRoundSwapsDeletionsAndInsertions() {
        let all = Self.sequences(300, symbols: 3, upTo: 30, seed: 11)
        for (first, second) in zip(all, all.dropFirst()) {
            let there = ErrorTally(reference: first, hypothesis: second)
            let back = ErrorTally(reference: second, hypothesis: first)
            #expect(there.substitutions == back.substitutions)
            #expect(there.deletions == back.insertions && there.insertions == back.deletions)
        }
    }

    @Test func theDistanceIsAMetric() {
        let all = Self.sequences(40, symbols: 3, upTo: 12, seed: 12)
        let distances = all.map { a in all.map { b in ErrorTally(reference: a, hypothesis: b).errors } }
        for (i, a) in all.enumerated() {
            for (j, b) in all.enumerated() {
                let distance = distances[i][j]
                #expect((distance == 0) == (a == b))
                #expect(abs(a.count - b.count) <= distance && distance <= max(a.count, b.count))
                #expect(all.indices.allSatisfy { distances[i][$0] <= distance + distances[j][$0] })
            }
        }
    }

    @Test func longSequences() {
        let all = Self.sequences(2, symbols: 20, upTo: 3000, seed: 14)
        let (reference, hypothesis) = (all[0] + [7], all[1] + all[0].prefix(900))
        let alignment = Alignment(reference: reference, hypothesis: hypothesis)
        #expect(min(reference.count, hypothesis.count) > 500)
        #expect(alignment.distance == plainDistance(reference, hypothesis))
        #expect(ErrorTally(reference: reference, hypothesis: hypothesis) == alignment.tally)
    }
}
