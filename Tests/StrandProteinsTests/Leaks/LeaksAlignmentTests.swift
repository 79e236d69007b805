import StrandProteins
import TestSupport
import Testing

@Suite struct LeaksAlignmentTests {
    private func band(_ query: [UInt8], _ subject: [UInt8], diagonal: Int = 0, halfWidth: Int) -> AlignmentBand {
        let (profile, training) = (ScoreProfile([codes("WWW"), query]), TrainingChains([codes("CWWWC"), subject]))
        let (rows, columns) = (profile.bounds[1], training.bounds[1])
        return AlignmentBand(
            profile, rows, training.codes, columns, diagonal: columns.lowerBound - rows.lowerBound + diagonal,
            halfWidth: halfWidth)
    }

    /// Scores summed by hand.
    @Test func smallAlignments() {
        // W11 F6 H8 C9 K5 = 39, all equal.
        #expect(
            band(codes("WFHCK"), codes("WFHCK"), halfWidth: 4).alignment()
                == LocalAlignment(score: 39, queryRange: 0..<5, trainingRange: 0..<5, columns: 5, identities: 5))
        // A gap of two costs 13: W11 F6 H8 W11 = 36 before, C9 W11 H8 F6 = 34 after, 57 in all.
        #expect(
            band(codes("WFHWCWHF"), codes("WFHWDDCWHF"), halfWidth: 4).alignment()
                == LocalAlignment(score: 57, queryRange: 0..<8, trainingRange: 0..<10, columns: 10, identities: 8))
        // The same with the chains swapped.
        #expect(
            band(codes("WFHWDDCWHF"), codes("WFHWCWHF"), halfWidth: 4).alignment()
                == LocalAlignment(score: 57, queryRange: 0..<10, trainingRange: 0..<8, columns: 10, identities: 8))
        // F-Y 3 between W and W: a pair, and no identity; the ends, which score below 0, are left off.
        #expect(
            band(codes("PPWFWPP"), codes("GGWYWGG"), halfWidth: 4).alignment()
                == LocalAlignment(score: 25, queryRange: 2..<5, trainingRange: 2..<5, columns: 3, identities: 2))
        #expect(band(codes("P"), codes("W"), halfWidth: 4).alignment() == nil)
        #expect(band(codes("P"), codes("W"), halfWidth: 4).score() == 0)
    }

    /// A band of all diagonals, against the full matrices; the alignment itself adds up to the score.
    @Test func wideBandIsTheFullMatrix() throws {
        var generator = SplitMix64(seed: 4)
        for round in 0..<150 {
            let core = generator.chain(Int.random(in: 5...60, using: &generator))
            let copy = generator.mutated(core, replaced: 0.3, gaps: round % 2 == 0 ? 0.1 : 0)
            let query = BLOSUM62.codes(of: generator.chain(round % 20) + core + generator.chain(round % 7))
            let subject = BLOSUM62.codes(of: generator.chain(round % 13) + copy + generator.chain(round % 11))
            let band = band(query, subject, halfWidth: query.count + subject.count)
            let expected = PlainTwin.localScore(query, subject)
            #expect(band.score() == expected)
            let alignment = try #require(band.alignment())
            #expect(alignment.score == expected)
            // The aligned parts alone, end to end, have the same score.
            let parts = (Array(query[alignment.queryRange]), Array(subject[alignment.trainingRange]))
            #expect(PlainTwin.localScore(parts.0, parts.1) == expected)
            #expect(alignment.columns >= max(parts.0.count, parts.1.count))
            #expect(alignment.columns <= parts.0.count + parts.1.count && alignment.identities <= parts.0.count)
        }
    }

    /// A band of some diagonals is never better, and as good if the alignment lies within it.
    @Test func narrowBands() {
        var generator = SplitMix64(seed: 5)
        for round in 0..<60 {
            let core = generator.chain(80)
            let subject = BLOSUM62.codes(of: generator.chain(25) + generator.mutated(core, replaced: 0.4))
            let query = BLOSUM62.codes(of: core)
            let full = PlainTwin.localScore(query, subject)
            let narrow = band(query, subject, diagonal: 25, halfWidth: 3)
            #expect(narrow.score() <= full && narrow.alignment()?.score ?? 0 == narrow.score())
            #expect(band(query, subject, diagonal: 25, halfWidth: 0).score() <= narrow.score())
            // Far from the chains there is nothing to align.
            #expect(band(query, subject, diagonal: 500 + round, halfWidth: 3).alignment() == nil)
            #expect(band(query, subject, diagonal: -500 - round, halfWidth: 3).score() == 0)
        }
    }
}
