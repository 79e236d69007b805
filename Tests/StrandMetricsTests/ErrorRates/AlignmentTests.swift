import StrandMetrics
import TestSupport
import Testing

@Suite struct AlignmentTests {
    private func align(_ reference: String, _ hypothesis: String) -> Alignment<Character> {
        Alignment(reference: Array(reference), hypothesis: Array(hypothesis))
    }

    /// Every way from `reference` to `hypothesis`, in the order of the tie-break.
    private func allWays(_ reference: ArraySlice<Int>, _ hypothesis: ArraySlice<Int>) -> [[Edit<Int>]] {
        if reference.isEmpty && hypothesis.isEmpty { return [[]] }
        var ways: [[Edit<Int>]] = []
        if let a = reference.first, let b = hypothesis.first {
            let edit: Edit = a == b ? .match(a) : .substitution(reference: a, hypothesis: b)
            ways += allWays(reference.dropFirst(), hypothesis.dropFirst()).map { [edit] + $0 }
        }
        if let a = reference.first { ways += allWays(reference.dropFirst(), hypothesis).map { [.deletion(a)] + $0 } }
        if let b = hypothesis.first { ways += allWays(reference, hypothesis.dropFirst()).map { [.insertion(b)] + $0 } }
        return ways
    }

    private func cost(_ way: [Edit<Int>]) -> (errors: Int, substitutions: Int) {
        (way.count { $0.kind != .match }, way.count { $0.kind == .substitution })
    }

    /// All sequences of up to `length` of three symbols.
    private func sequences(upTo length: Int) -> [[Int]] {
        if length == 0 { return [[]] }
        let shorter = sequences(upTo: length - 1)
        return shorter + shorter.filter { $0.count == length - 1 }.flatMap { start in (0..<3).map { start + [$0] } }
    }

    @Test func agreesWithTryingEverything() throws {
        let all = sequences(upTo: 4)
        #expect(all.count == 121)
        for reference in all {
            for hypothesis in all where reference.count + hypothesis.count < 8 {
                let ways = allWays(reference[...], hypothesis[...])
                let least = try #require(ways.map(cost).min { $0 < $1 })
                let first = try #require(ways.first { cost($0) == least })
                let alignment = Alignment(reference: reference, hypothesis: hypothesis)
                #expect(alignment.edits == first)
                #expect(alignment.distance == least.errors)
                #expect(ErrorTally(reference: reference, hypothesis: hypothesis) == alignment.tally)
            }
        }
    }

    @Test func handAligned() {
        #expect(
            align("ink", "link!").edits == [.insertion("l"), .match("i"), .match("n"), .match("k"), .insertion("!")])
        #expect(align("ba", "ab").edits == [.deletion("b"), .match("a"), .insertion("b")])
        #expect(align("aa", "a").edits == [.match("a"), .deletion("a")])
        #expect(align("ab", "cd").edits.map(\.kind) == [.substitution, .substitution])
        #expect(align("abc", "d").edits.map(\.kind) == [.substitution, .deletion, .deletion])
        #expect(align("a", "bcd").edits.map(\.kind) == [.substitution, .insertion, .insertion])
        #expect(align("kitten", "sitting").distance == 3)
    }

    @Test func nothing() {
        #expect(align("", "").edits.isEmpty && align("", "").tally == .zero)
        #expect(align("ab", "").edits == [.deletion("a"), .deletion("b")])
        #expect(align("", "ab").edits == [.insertion("a"), .insertion("b")])
    }

    @Test func symbolsOfAnEdit() {
        let edits: [Edit<Int>] = [.match(1), .substitution(reference: 2, hypothesis: 3), .deletion(4), .insertion(5)]
        #expect(edits.map(\.kind) == EditKind.allCases)
        #expect(edits.map(\.reference) == [1, 2, 4, nil])
        #expect(edits.map(\.hypothesis) == [1, 3, nil, 5])
    }
}
