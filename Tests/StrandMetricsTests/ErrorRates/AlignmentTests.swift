import StrandMetrics
import TestSupport
import Testing

@Suite struct AlignmentTests {
    private func align(_ reference: String, _ hypothesis: String) -> Alignment<Character> {
        Alignment(reference: Array(reference), hypothesis: Array(hypothesis))
    }

    /// Follows every path from a reference to a hypothesis, in the order of the tie-break, and keeps the first of the
    /// best.
    private struct Search {
        typealias Cost = (errors: Int, substitutions: Int)

        var best: (cost: Cost, way: [Edit<Int>])?
        private var way: [Edit<Int>] = []

        init(_ reference: [Int], _ hypothesis: [Int]) { goOn(reference[...], hypothesis[...], (0, 0)) }

        private mutating func goOn(_ reference: ArraySlice<Int>, _ hypothesis: ArraySlice<Int>, _ cost: Cost) {
            let (errors, substitutions) = cost
            if let a = reference.first, let b = hypothesis.first {
                let (left, right) = (reference.dropFirst(), hypothesis.dropFirst())
                if a == b {
                    take(.match(a)) { $0.goOn(left, right, cost) }
                } else {
                    let edit = Edit.substitution(reference: a, hypothesis: b)
                    take(edit) { $0.goOn(left, right, (errors + 1, substitutions + 1)) }
                }
            }
            if let a = reference.first {
                take(.deletion(a)) { $0.goOn(reference.dropFirst(), hypothesis, (errors + 1, substitutions)) }
            }
            if let b = hypothesis.first {
                take(.insertion(b)) { $0.goOn(reference, hypothesis.dropFirst(), (errors + 1, substitutions)) }
            }
            if reference.isEmpty && hypothesis.isEmpty && best.map({ cost < $0.cost }) ?? true { best = (cost, way) }
        }

        private mutating func take(_ edit: Edit<Int>, _ rest: (inout Search) -> Void) {
            way.append(edit)
            rest(&self)
            way.removeLast()
        }
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
            for hypothesis in all {
                let best = try #require(Search(reference, hypothesis).best)
                let alignment = Alignment(reference: reference, hypothesis: hypothesis)
                #expect(alignment.edits == best.way)
                #expect(alignment.distance == best.cost.errors)
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
