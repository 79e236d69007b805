import StrandBytes
import StrandNetwork
import StrandProteins
import TestSupport
import Testing

@Suite struct LeakAuditTests {
    private let compute = Compute(threads: 2)

    private func letters(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func nearest(_ evaluated: [UInt8], _ training: [[UInt8]]) throws -> LeakAudit.Neighbour? {
        try #require(LeakAudit(training: training).neighbours(of: [evaluated], on: compute).first).first
    }

    /// Random training chains, and evaluated ones: every third near one of them.
    private func case1() -> (training: [[UInt8]], evaluated: [[UInt8]]) {
        var generator = SplitMix64(seed: 6)
        let training = (0..<300).map { _ in generator.chain(Int.random(in: 30...400, using: &generator)) }
        let evaluated = (0..<60).map { index in
            let copy = generator.mutated(training[5 * index], replaced: 0.35, gaps: 0.02)
            return index % 3 == 0
                ? generator.chain(20) + copy : generator.chain(Int.random(in: 30...400, using: &generator))
        }
        return (training, evaluated)
    }

    @Test func plantedNeighboursAreFoundAndNoOthers() {
        let (training, evaluated) = case1()
        let found = LeakAudit(training: training).neighbours(of: evaluated, on: compute)
        for (index, neighbours) in found.enumerated() {
            let isLong = training[5 * index].count >= 60
            if index % 3 == 0 && isLong {
                #expect(neighbours.first?.training == 5 * index)
                #expect(neighbours.first?.reason == .eValue)
            }
            // Of 60 chains, six have an alignment with an E-value below 0.1 by chance; some of them of 25 % identity.
            let others = neighbours.filter { index % 3 != 0 || $0.training != 5 * index }
            #expect(neighbours.allSatisfy { $0.evaluated == index } && others.count < 3)
            #expect(others.allSatisfy { $0.reason == .identity })
        }
    }

    /// The score equals that of the full matrices; coverage and E-value follow from it.
    @Test func matchesAreThoseOfFullAlignments() {
        let (training, evaluated) = case1()
        let statistics = KarlinAltschul(residueCount: training.reduce(0) { $0 + $1.count }, chainCount: training.count)
        let found = LeakAudit(training: training).neighbours(of: evaluated, on: compute).joined()
        #expect(found.count > 15)
        for neighbour in found {
            let (query, subject) = (evaluated[neighbour.evaluated], training[neighbour.training])
            #expect(
                neighbour.match.score
                    == PlainTwin.localScore(BLOSUM62.codes(of: query), BLOSUM62.codes(of: subject)))
            let space = statistics.searchSpace(queryLength: query.count)
            #expect(neighbour.match.eValue == statistics.eValue(score: neighbour.match.score, searchSpace: space))
            let ours = Double(neighbour.match.evaluatedRange.count) / Double(query.count)
            let theirs = Double(neighbour.match.trainingRange.count) / Double(subject.count)
            #expect(neighbour.evaluatedCoverage == ours && neighbour.trainingCoverage == theirs)
        }
    }

    /// Neither threads nor other chains in the batch change anything.
    @Test func resultDependsOnTheChainsAlone() {
        let (training, evaluated) = case1()
        let audit = LeakAudit(training: training)
        let expected = audit.neighbours(of: evaluated, on: Compute(threads: 1))
        #expect(audit.neighbours(of: evaluated, on: Compute(threads: 5)) == expected)
        var done: [Int] = []
        _ = audit.neighbours(of: evaluated, on: compute) { done.append($0) }
        #expect(done.last == evaluated.count && done == done.sorted())
        for index in [0, 3, 30] {
            let alone = audit.neighbours(of: [evaluated[index]], on: compute)[0]
            #expect(alone.map(\.match) == expected[index].map(\.match))
        }
    }

    @Test func equalAndContainedChains() throws {
        var generator = SplitMix64(seed: 7)
        let long = generator.chain(100)
        let training = [generator.chain(50), long, letters("ACDEFGHIKL"), letters("MK")]
        let whole = try #require(
            try nearest(String(decoding: long, as: UTF8.self).lowercased().utf8.map { $0 }, training))
        #expect(whole.reason == .identical && whole.training == 1 && whole.match.identity == 1)
        #expect(whole.evaluatedCoverage == 1 && whole.trainingCoverage == 1)
        let part = try #require(try nearest(Array(long[30..<40]), training))
        #expect(part.reason == .contained && part.training == 1 && part.match.trainingRange == 30..<40)
        #expect(part.evaluatedCoverage == 1 && part.trainingCoverage == 0.1)
        let around = try #require(try nearest(letters("WWACDEFGHIKLWW"), training))
        #expect(around.reason == .contained && around.training == 2 && around.match.evaluatedRange == 2..<12)
        // Equal at any length, contained from seven residues on.
        #expect(try nearest(letters("MK"), training)?.reason == .identical)
        #expect(try nearest(Array(long[30..<37]), training)?.reason == .contained)
        #expect(try nearest(Array(long[30..<36]), training) == nil)
        // Unknown residues say nothing.
        #expect(try nearest(letters("XXXXXXXXXXX"), [letters("XXXXXXXXXXXXXXX")]) == nil)
    }

    @Test func occurrencesAreThoseOfPlainSearch() {
        var generator = SplitMix64(seed: 8)
        let texts = (0..<20).map { _ in codes(String(decoding: generator.chain(60), as: UTF8.self)) }
        var patterns = (0..<40).map { Array(texts[$0 % 20][$0..<$0 + 7 + $0 % 9]) } + [texts[3]]
        patterns.append(Array(repeating: BLOSUM62.unknown, count: 9))
        var expected: [ExactMatches.Occurrence] = []
        for (text, residues) in texts.enumerated() {
            for start in residues.indices {
                for (index, pattern) in patterns.enumerated() where pattern.count < residues.count {
                    if residues[start...].starts(with: pattern) {
                        expected.append(.init(pattern: index, text: text, start: start))
                    }
                }
            }
        }
        #expect(expected.count >= 40)
        #expect(ExactMatches.occurrences(of: patterns, in: texts) == expected)
    }

    /// Poly-glutamine in otherwise unrelated chains starts no alignment, though one that starts beside it may run into
    /// it.
    @Test func lowComplexityDoesNotFlood() {
        var generator = SplitMix64(seed: 9)
        let run = letters(String(repeating: "Q", count: 40))
        let chains = (0..<41).map { _ in generator.chain(80) + run + generator.chain(80) }
        let audit = LeakAudit(training: Array(chains[1...]))
        // If all 40 were aligned, every chain would be near.
        #expect(
            chains[1...].allSatisfy {
                PlainTwin.localScore(BLOSUM62.codes(of: chains[0]), BLOSUM62.codes(of: $0)) > 150
            })
        #expect(audit.neighbours(of: [chains[0]], on: compute)[0].count < 8)
    }

    /// 30 % identity over all of a chain: near by identity if not by E-value, unless that is too large.
    @Test func criteria() throws {
        let match = { (identity: Double, eValue: Double) in
            LeakAudit.Match(
                score: 50, bits: 20, eValue: eValue, identity: identity, evaluatedRange: 0..<10, trainingRange: 5..<15)
        }
        let audit = LeakAudit(training: [letters("ACDEFGHIKLMNPQRSTVWYACDEF")])
        func reason(_ identity: Double, _ eValue: Double, length: Int) -> LeakAudit.Reason? {
            let chain = Array(letters(String(repeating: "WY", count: 50)).prefix(length))
            return audit.neighbours(of: [chain], among: [[(0, match(identity, eValue))]])[0].first?.reason
        }
        #expect(reason(0.3, 1e-4, length: 80) == .eValue)
        #expect(reason(0.3, 1e-2, length: 20) == .identity)
        #expect(reason(0.3, 1e-2, length: 21) == nil, "covers less than half of either")
        #expect(reason(0.24, 1e-2, length: 20) == nil)
        #expect(reason(0.3, 0.2, length: 20) == nil)
    }

    @Test func nothingToFind() {
        #expect(LeakAudit(training: []).neighbours(of: [letters("ACDEFGHIKL")], on: compute) == [[]])
        #expect(LeakAudit(training: [letters("ACDEFGHIKL")]).neighbours(of: [], on: compute).isEmpty)
        #expect(LeakAudit(training: [letters("A")]).neighbours(of: [letters("W"), []], on: compute) == [[], []])
    }
}
