import StrandInk
import TestSupport
import Testing

@testable import StrandInk

@Suite struct InkSurveyTests {
    private func survey(_ samples: [InkSample]) -> InkSurvey {
        var survey = InkSurvey()
        for sample in samples { survey.add(sample) }
        return survey
    }

    @Test func cleanInkHasNoFindings() throws {
        #expect(survey(try InkFault.cleanSamples()).findings() == [])
        #expect(InkSurvey().findings() == [])
    }

    @Test(arguments: InkFault.all) func faultIsFound(_ fault: InkFault) throws {
        var samples = try InkFault.cleanSamples()
        fault.apply(&samples)
        let findings = survey(samples).findings()
        let finding = try #require(findings.first { $0.problem == fault.problem })
        #expect(finding.count == fault.count && finding.unit == fault.unit)
        #expect((1...10).contains(finding.examples.count) && !finding.examples.contains(""))
        #expect(Set(findings.map(\.problem)).subtracting(fault.others) == [fault.problem])
    }

    @Test func everyProblemHasAFault() {
        #expect(Set(InkFault.all.map(\.problem)) == Set(InkSurvey.Problem.allCases))
    }

    @Test func everyProblemHasWords() {
        let summaries = InkSurvey.Problem.allCases.map(\.summary)
        #expect(
            Set(summaries).count == summaries.count && InkSurvey.Problem.allCases.allSatisfy { $0.advice.count > 5 })
    }

    @Test func countsAreThoseOfTheSamples() throws {
        let samples = Array(try InkFault.cleanSamples().prefix(6))
        let survey = survey(samples)
        let counts = survey.counts
        #expect((counts.samples, counts.writers) == (6, 2))
        #expect(counts.strokes == samples.reduce(0) { $0 + $1.strokes.count })
        #expect(counts.points == samples.reduce(0) { $0 + $1.pointCount })
        #expect(counts.characters == 73 && counts.digits == 6 && counts.blanks == 11 && counts.otherCharacters == 1)
        #expect(counts.withTimes == 6 && counts.withRate == 6 && counts.withResolution == 6 && counts.withText == 6)
        #expect(counts.textLengths?.least == 6 && counts.textLengths?.greatest == 22)
        #expect(survey.alphabet.prefix(2).map(\.character) == [" ", "e"] && survey.alphabet[1].count == 5)
    }

    @Test func setsShareWritersIdsInkAndTexts() throws {
        let samples = try InkFault.cleanSamples()
        let first = survey(Array(samples[..<6]))
        var others = Array(samples[6..<12])
        #expect(first.sharedIDs(with: survey(others)) == [])
        #expect(first.sharedInk(with: survey(others)).isEmpty)
        #expect(first.sharedWriters(with: survey(others)) == ["slanted", "upright"])
        #expect(first.sharedTextCount(with: survey(others)) == 6)
        others[0] = samples[2]
        others[1] = InkFault.moved(samples[3]) { InkPoint(x: $0.x + 1234.1, y: $0.y - 0.7) }
        others[1].id = "copy"
        let second = survey(others)
        #expect(first.sharedIDs(with: second) == [samples[2].id])
        let ink = first.sharedInk(with: second)
        #expect(ink.map(\.own) == [samples[2].id, samples[3].id] && ink.map(\.other) == [samples[2].id, "copy"])
        #expect(first.sharedWriters(with: InkSurvey()) == [] && first.sharedTextCount(with: InkSurvey()) == 0)
    }

    @Test func strangeInkIsSurveyed() {
        let strange: [[[InkPoint]]] = [
            [], [[]], [[InkPoint(x: 1, y: 1)]], [[InkPoint(x: -1e12, y: 0), InkPoint(x: 1e12, y: 1e12)]],
            [(0..<20).map { InkPoint(x: Double($0) * Double.leastNonzeroMagnitude, y: 0) }],
            [(0..<20).map { InkPoint(x: 1e12 * Double($0 % 2), y: -1e12, time: 0) }],
        ]
        let samples = strange.enumerated().map { InkSample(id: "\($0)", text: "abc", strokes: $1, strokeStarts: []) }
        #expect(survey(samples).findings().contains { $0.problem == .withoutInk && $0.count == 2 })
    }
}

@Suite struct InkSurveyAxesTests {
    @Test func oneWriterUpsideDown() throws {
        var survey = InkSurvey()
        for sample in try InkFault.cleanSamples() {
            let isFlipped = sample.writer == "slanted"
            survey.add(isFlipped ? InkFault.moved(sample) { InkPoint(x: $0.x, y: -$0.y) } : sample)
        }
        #expect(survey.yAxis.usualWriters == ["upright"] && survey.yAxis.reversedWriters == ["slanted"])
        #expect(survey.xAxis.usualWriters.count == 2)
        #expect(survey.findings().map(\.problem) == [.upsideDown])
    }

    /// Both at once is ink turned by half a circle: each axis is detected by itself.
    @Test(arguments: [1.0, -1], [1.0, -1]) func axesAreToldByThemselves(_ x: Double, _ y: Double) throws {
        var survey = InkSurvey()
        for sample in try InkFault.cleanSamples() {
            survey.add(InkFault.moved(sample) { InkPoint(x: x * $0.x, y: y * $0.y) })
        }
        #expect(survey.xAxis.isReversed == (x < 0) && survey.yAxis.isReversed == (y < 0))
        #expect(survey.xAxis.isKnown && survey.yAxis.isKnown)
    }

    @Test func scriptsReadFromTheRight() throws {
        var survey = InkSurvey()
        for sample in try InkFault.cleanSamples() {
            var sample = InkFault.moved(sample) { InkPoint(x: -$0.x, y: $0.y) }
            sample.text = "\u{5E9}\u{5DC}\u{5D5}\u{5DD}"
            survey.add(sample)
        }
        #expect(!survey.xAxis.isReversed && survey.xAxis.isKnown && !survey.yAxis.isKnown)
    }

    @Test(.enabled(if: TestFiles.developmentData != nil)) func unipenWritersAreUpright() throws {
        let path = try #require(TestFiles.developmentData) + "/ink/unipen-words.valid.jsonl.gz"
        var (upright, flipped) = (InkSurvey(), InkSurvey())
        var reader = InkJSONReader(.file(path))
        while let sample = try reader.next() {
            upright.add(sample)
            flipped.add(InkFault.moved(sample) { InkPoint(x: $0.x, y: -$0.y) })
        }
        #expect(upright.yAxis.usualWriters.count == 38 && upright.yAxis.reversedWriters.isEmpty)
        #expect(flipped.yAxis.reversedWriters.count == 38 && flipped.yAxis.usualWriters.isEmpty)
        #expect(!upright.yAxis.isReversed && flipped.yAxis.isReversed)
        #expect(upright.xAxis.reversedWriters.isEmpty && flipped.xAxis.reversedWriters.isEmpty)
    }
}
