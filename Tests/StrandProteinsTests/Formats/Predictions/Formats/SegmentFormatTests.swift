import StrandProteins
import TestSupport
import Testing

/// Formats of segments: GFF3 and BED.
@Suite struct SegmentFormatTests {
    @Test func gff3() {
        #expect(
            text(.gff3, record("sp|P1|A x", "CHHHEEC"), shortRecord, record("c", "CC")) == """
                ##gff-version 3
                ##sequence-region sp|P1|A 1 7
                sp|P1|A\tstrand\talpha_helix\t2\t4\t0.7500\t.\t.\tstate=H
                sp|P1|A\tstrand\tbeta_strand\t5\t6\t0.7500\t.\t.\tstate=E
                ##sequence-region a 1 3
                a\tstrand\talpha_helix\t2\t2\t0.7500\t.\t.\tstate=H
                a\tstrand\tbeta_strand\t3\t3\t0.5000\t.\t.\tstate=E
                ##sequence-region c 1 2

                """)
    }

    @Test func theScoreIsTheMean() {
        let record = PredictionRecord(
            header: [120], sequence: [65, 65], labels: [72, 72], states: threeStates,
            probabilities: [0.5, 0.25, 0.25, 1, 0, 0])
        #expect(text(.gff3, record).contains("\t1\t2\t0.7500\t"))
        #expect(text(.bed, record) == "x\t0\t2\tH\t750\t.\n")
    }

    @Test func eightStatesHaveTheirTerms() {
        let record = PredictionRecord(
            header: Array("x".utf8), sequence: Array("AAAAAAAA".utf8),
            main: labels("HGIEBTSC", states: eightStates, probability: 0.5))
        let features = text(.gff3, record).split(separator: "\n").dropFirst(2).map { $0.split(separator: "\t")[2...4] }
        #expect(
            features.map { $0.joined(separator: " ") } == [
                "alpha_helix 1 1", "three_ten_helix 2 2", "pi_helix 3 3", "beta_strand 4 4",
                "polypeptide_turn_motif 6 6",
            ])
        #expect(
            text(.bed, record).split(separator: "\n").map { String($0.split(separator: "\t")[3]) }.joined()
                == "HGIEBTSC")
    }

    @Test func bed() {
        #expect(
            text(.bed, record("sp|P1|A x", "CHHHEEC"), record("b", "H", probability: 1)) == """
                sp|P1|A\t0\t1\tC\t750\t.
                sp|P1|A\t1\t4\tH\t750\t.
                sp|P1|A\t4\t6\tE\t750\t.
                sp|P1|A\t6\t7\tC\t750\t.
                b\t0\t1\tH\t1000\t.

                """)
    }

    /// The specification's rules for each line, on random chains; the features give back the labels.
    @Test(arguments: StateCount.allCases) func gff3Rules(count: StateCount) throws {
        var random = SplitMix64(seed: 1)
        for length in [1, 2, 59, 60, 61, 200] {
            let record = randomRecord("a;b c", length: length, main: count, using: &random)
            let lines = text(.gff3, record).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(
                lines.first == "##gff-version 3" && lines.last == ""
                    && lines[1] == "##sequence-region a%3Bb 1 \(length)")
            var found = record.labels.map { "CSB".utf8.contains($0) ? $0 : 0 }
            for line in lines.dropFirst(2).dropLast() {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                try #require(cells.count == 9 && cells[0] == "a%3Bb" && cells[1] == "strand")
                let (start, end) = (try #require(Int(cells[3])), try #require(Int(cells[4])))
                try #require(1 <= start && start <= end && end <= length)
                let score = try #require(Float(cells[5]))
                #expect((0...1).contains(score) && cells[6] == "." && cells[7] == ".")
                let attribute = cells[8].split(separator: "=")
                try #require(attribute.count == 2 && attribute[0] == "state")
                for index in start - 1..<end { found[index] = attribute[1].utf8.first! }
            }
            #expect(found == record.labels)
        }
    }

    /// Intervals that are not empty, do not overlap and leave nothing out.
    @Test(arguments: StateCount.allCases) func bedRules(count: StateCount) throws {
        var random = SplitMix64(seed: 2)
        for length in [1, 2, 59, 60, 61, 200] {
            let record = randomRecord("x", length: length, main: count, using: &random)
            var found: [UInt8] = []
            for line in text(.bed, record).split(separator: "\n") {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                try #require(cells.count == 6 && cells[0] == "x" && cells[3].utf8.count == 1 && cells[5] == ".")
                let (start, end) = (try #require(Int(cells[1])), try #require(Int(cells[2])))
                try #require(start == found.count && start < end)
                #expect((0...1000).contains(try #require(Int(cells[4]))))
                found += [UInt8](repeating: cells[3].utf8.first!, count: end - start)
            }
            #expect(found == record.labels)
        }
    }
}

/// Jalview's features: positions count as the sequence's name says, coil is what is left between them.
@Suite struct JalviewFeaturesTests {
    @Test func features() {
        #expect(
            text(.jalviewFeatures, record("sp|P1|A x", "CHHHEEC"), record("b/5-6", "EE", probability: 1)) == """
                alpha helix\tb3264a
                beta strand\t1f6fb5
                H\tsp|P1|A\t-1\t2\t4\talpha helix\t0.7500
                E\tsp|P1|A\t-1\t5\t6\tbeta strand\t0.7500
                E\tb\t-1\t5\t6\tbeta strand\t1.0000

                """)
    }

    @Test func otherLabels() {
        let record = PredictionRecord(
            header: Array("x".utf8), sequence: Array("AAA".utf8), labels: Array("DOO".utf8), states: Array("DO".utf8),
            probabilities: [0.75, 0.25, 0.25, 0.75, 0.5, 0.5])
        #expect(
            PredictionFormat.jalviewFeatures.preamble(states: record.states)
                + PredictionFormat.jalviewFeatures.bytes(of: record)
                == Array("D\tx\t-1\t1\t1\tlabel D\t0.7500\nO\tx\t-1\t2\t3\tlabel O\t0.6250\n".utf8))
    }
}
