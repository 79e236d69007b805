import StrandProteins
import TestSupport
import Testing

/// Formats that accompany an alignment: Stockholm and Jalview's annotations.
@Suite struct AlignmentFormatTests {
    @Test func stockholm() {
        #expect(
            text(.stockholm, shortRecord, record("sp|P1|A", "H")) == """
                # STOCKHOLM 1.0
                #=GF ID a
                #=GS a DE first
                a         MkV
                #=GR a SS CHE
                //
                # STOCKHOLM 1.0
                #=GF ID sp|P1|A
                sp|P1|A         A
                #=GR sp|P1|A SS H
                //

                """)
    }

    /// A line is the mark, a mark-up or a name and a row, and rows are as long as each other.
    @Test(arguments: StateCount.allCases) func stockholmRules(count: StateCount) throws {
        var random = SplitMix64(seed: 3)
        for length in [1, 60, 300] {
            let record = randomRecord("a \t b  c ", length: length, main: count, using: &random)
            let lines = text(.stockholm, record).split(separator: "\n")
            #expect(lines[0] == "# STOCKHOLM 1.0" && lines[1] == "#=GF ID a" && lines[2] == "#=GS a DE b  c")
            let (row, markup) = (lines[3].split(separator: " "), lines[4].split(separator: " "))
            #expect(row == ["a", Substring(String(decoding: record.sequence, as: UTF8.self))])
            #expect(markup == ["#=GR", "a", "SS", Substring(String(decoding: record.labels, as: UTF8.self))])
            #expect(lines[3].utf8.count == lines[4].utf8.count && lines[5...] == ["//"])
        }
    }

    @Test func jalview() {
        #expect(
            text(.jalview, shortRecord, record("b", "C")) == """
                JALVIEW_ANNOTATION
                SEQUENCE_REF\ta
                NO_GRAPH\tSecondary structure\tH helix, E strand\t|H|E|
                BAR_GRAPH\tConfidence\tProbability of the state\t1.0000,C|0.7500,H|0.5000,E|
                SEQUENCE_REF\tb
                NO_GRAPH\tSecondary structure\tH helix, E strand\t|
                BAR_GRAPH\tConfidence\tProbability of the state\t0.7500,C|

                """)
        #expect(PredictionFormat.jalview.stateCounts == [.three])
    }

    /// Jalview takes the end of a name for the range in a longer sequence.
    @Test(arguments: [
        ("a/11-15", "a\t11"), ("a/b/1-5", "a/b\t1"), ("a/5-1", "a/5-1"), ("a/0-5", "a/0-5"), ("a/1-5-7", "a/1-5-7"),
        ("a/1-", "a/1-"), ("/1-5", "/1-5"), ("a/x-5", "a/x-5"), ("a-5", "a-5"),
    ])
    func jalviewNames(id: String, reference: String) {
        #expect(text(.jalview, record(id, "C")).split(separator: "\n")[1] == "SEQUENCE_REF\t\(reference)")
    }
}
