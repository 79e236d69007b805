import StrandBytes
import StrandEngine
import StrandMetrics

/// The contents of a file of handwriting, in words.
public struct InkSummary {
    private let file: String
    private let survey: InkSurvey
    private var repairs = InkRepairs()

    /// If there are more kinds of characters than this, they are only counted.
    private static let shownCharacters = 100

    public init(file: String, _ survey: InkSurvey) {
        self.file = file
        self.survey = survey
    }

    /// Reads a file of ink.
    public init(ink path: String, _ bytes: consuming ByteReader) throws(FormatError) {
        var survey = InkSurvey()
        var reader = InkFileReader(bytes)
        while let sample = try reader.next() { survey.add(sample) }
        self.init(file: path, survey)
        repairs = reader.takeRepairs()
    }

    public var text: String {
        let counts = survey.counts
        let lines = [
            "\(file): handwriting, \(counted(counts.samples, "sample")), \(counted(counts.writers, "writer"))",
            "  ink        \(counted(counts.strokes, "stroke")), \(counted(counts.points, "point"))\(density(counts))",
            "  known      \(shares(known(counts), of: counts.samples))",
        ]
        let repaired = repairs.isEmpty ? [] : ["  repaired   \(repairs)"]
        return (lines + texts(counts) + [axes] + repaired + notes).joined(separator: "\n")
    }

    private func density(_ counts: InkSurvey.Counts) -> String {
        guard let points = counts.pointsPerCharacter, let strokes = counts.strokesPerCharacter else { return "" }
        return "; a character has \(fixed(strokes, 2)) strokes and, in the median, \(fixed(points.median, 1)) points "
            + "(90 % of samples: \(fixed(points.low, 1)) to \(fixed(points.high, 1)))"
    }

    private func known(_ counts: InkSurvey.Counts) -> [(String, Int)] {
        [
            ("text", counts.withText), ("times", counts.withTimes), ("upmm", counts.withResolution),
            ("hz", counts.withRate),
        ]
    }

    private func shares(_ parts: [(name: String, count: Int)], of total: Int) -> String {
        parts.map { "\($0.name) \(fixed(100 * Double($0.count) / Double(max(total, 1)), 1))" }.joined(separator: "  ")
            + "  (%)"
    }

    private func texts(_ counts: InkSurvey.Counts) -> [String] {
        guard let lengths = counts.textLengths else { return [] }
        let kinds = [
            ("letters", counts.letters), ("digits", counts.digits), ("blanks", counts.blanks),
            ("others", counts.otherCharacters),
        ]
        return [
            "  lengths    \(grouped(Int(lengths.least))) to \(counted(Int(lengths.greatest), "character")), median "
                + "\(grouped(Int(lengths.median))), 90 % are \(grouped(Int(lengths.low))) to \(grouped(Int(lengths.high)))",
            "  text       \(counted(counts.characters, "character")): \(shares(kinds, of: counts.characters))",
            "  alphabet   \(alphabet)",
        ]
    }

    private var alphabet: String {
        let characters = survey.alphabet
        let rest = characters.count - Self.shownCharacters
        return characters.prefix(Self.shownCharacters).map { "\(shown($0.character)) \(grouped($0.count))" }
            .joined(separator: "  ") + (rest > 0 ? "  and \(grouped(rest)) more" : "")
    }

    /// A character in visible form.
    private func shown(_ character: Character) -> String {
        let isSeen = character.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
            default: true
            }
        }
        if character == " " { return "blank" }
        return isSeen
            ? String(character)
            : character.unicodeScalars.map { "U+\(String($0.value, radix: 16, uppercase: true))" }.joined()
    }

    private var axes: String { "  axes       \(axis("x", survey.xAxis)); \(axis("y", survey.yAxis))" }

    private func axis(_ name: String, _ axis: InkSurvey.AxisDirections) -> String {
        guard axis.isKnown else { return "\(name) cannot be told" }
        let writers = axis.isReversed ? axis.reversedWriters : axis.usualWriters
        let total = axis.usualWriters.count + axis.reversedWriters.count + axis.undecidedWriters.count
        return "\(name) is \(axis.isReversed ? "reversed" : "as it should be")"
            + (total > 0 ? " (\(grouped(writers.count)) of \(counted(total, "writer")))" : "")
    }
}

// MARK: Notes

extension InkSummary {
    private var notes: [String] { survey.findings().map { "  note       \(text(of: $0))" } }

    private func text(of finding: InkSurvey.Finding) -> String {
        let problem = finding.problem
        let rest = finding.count > finding.examples.count ? ", ..." : ""
        let examples = finding.examples.map { name in name.map(shown).joined() }.joined(separator: ", ")
        let main = finding.mainWriter.map { "; \(grouped($0.count)) of writer \($0.writer)" } ?? ""
        return "\(counted(finding.count, finding.unit.rawValue)): \(problem.summary) (\(examples)\(rest)\(main)); "
            + problem.advice
    }

    /// What each two files have in common, unless it is only the texts of a few samples.
    public static func overlaps(_ summaries: [InkSummary]) -> String {
        summaries.indices.flatMap { first in
            summaries[(first + 1)...].compactMap { summaries[first].overlap(with: $0) }
        }.joined(separator: "\n")
    }

    private func overlap(with other: InkSummary) -> String? {
        let writers = survey.sharedWriters(with: other.survey)
        let ids = survey.sharedIDs(with: other.survey)
        let ink = survey.sharedInk(with: other.survey).map { $0.own == $0.other ? $0.own : "\($0.own) = \($0.other)" }
        let texts = survey.sharedTextCount(with: other.survey)
        let notes = [
            note("writer", writers, ": not apart by writer"), note("id", ids, ""),
            note("sample", ink, ": the same ink"),
            texts > 0 ? "\(counted(texts, "sample")) of \(other.file) with a text that is in \(file)" : nil,
        ].compactMap { $0 }
        if notes.isEmpty { return nil }
        return (["\(file) and \(other.file) share"] + notes.map { "  note       \($0)" }).joined(separator: "\n")
    }

    private func note(_ noun: String, _ names: [String], _ remark: String) -> String? {
        guard !names.isEmpty else { return nil }
        let examples = names.prefix(InkSurvey.exampleLimit).joined(separator: ", ")
        return
            "\(counted(names.count, noun))\(remark) (\(examples)\(names.count > InkSurvey.exampleLimit ? ", ..." : ""))"
    }
}
