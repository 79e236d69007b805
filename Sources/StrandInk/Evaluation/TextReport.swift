import StrandBytes
import StrandEngine
import StrandMetrics
import StrandNetwork

/// Error rates of the readings of one file, for JSON and as a table.
public struct TextReport: FigureReport, Codable {
    /// A rate with its 95 % interval over writers or texts; without one if there is a single one of these, or the true
    /// texts have no symbols.
    public struct Rate: Codable {
        public var value: Double?
        @OrNull public var lower: Double?
        @OrNull public var upper: Double?
        public var substitutions: Int
        public var deletions: Int
        public var insertions: Int
        /// Characters, or words, of the true texts.
        public var reference: Int
    }

    /// An edit and how often it was made; a missing symbol is nil.
    public struct Confusion: Codable {
        public var truth: String?
        public var reading: String?
        public var count: Int
    }

    public var file: String
    /// A model with its decoder, or the file of the readings.
    public var reader: String
    /// Samples with a true text.
    public var samples: Int
    /// Samples left out because they have none.
    public var withoutText: Int
    /// Samples without a reading: all deletions.
    public var withoutReading: Int
    /// Nil if the truth names none.
    public var writers: Int?
    public var interval: String
    /// What intervals are over: writers, and texts that name none.
    public var groups: Int
    /// CER
    public var characters: Rate
    /// WER
    public var words: Rate
    /// CER, case folded.
    public var foldedCharacters: Rate
    /// CER without punctuation.
    public var unpunctuatedCharacters: Rate
    /// Samples without any error.
    public var exact: Figure
    public var confusions: [Confusion]
    /// How often texts of a given probability are right; nil if readings have no probability.
    public var calibration: Calibration?
    public var coverage: [Coverage]
    /// CER of each writer, best first; nil if the truth names no writers.
    public var byWriter: [Writer]?
    /// Comparisons with the systems after it.
    public var comparisons: [Comparison] = []

    /// The samples of one writer.
    public struct Writer: Codable {
        public var writer: String
        public var samples: Int
        public var errorRate: Double
    }

    /// - Parameters:
    ///   - probabilities: the probability of each sample's reading; nil: unknown.
    ///   - withoutText: samples that are not among the rates because they have no true text.
    ///   - withoutReading: samples that have no reading.
    public init(
        file: String, reader: String, _ rates: ErrorRates, probabilities: [Double]? = nil, withoutText: Int = 0,
        withoutReading: Int = 0
    ) {
        self.file = file
        self.reader = reader
        self.withoutText = withoutText
        self.withoutReading = withoutReading
        samples = rates.samples.count
        let names = Set(rates.samples.compactMap(\.group))
        writers = names.isEmpty ? nil : names.count
        groups = rates.groupCount
        interval = IntervalBasis(groups, names.isEmpty ? "text" : "writer").method
        func rate(_ tally: KeyPath<TextErrors, ErrorTally>) -> Rate { Rate(rates, tally) }
        characters = rate(\.characters)
        words = rate(\.words)
        foldedCharacters = rate(\.foldedCharacters)
        unpunctuatedCharacters = rate(\.unpunctuatedCharacters)
        var generator = SeededGenerator(seed: 1)
        let range = rates.exactMatchInterval(using: &generator)
        exact = Figure(value: rates.exactMatchRate ?? 0, range)
        confusions = [EditKind.substitution, .deletion, .insertion].flatMap { kind in
            rates.confusions.mostFrequent(kind, limit: 8).map {
                Confusion(
                    truth: $0.edit.reference.map { String($0) }, reading: $0.edit.hypothesis.map { String($0) },
                    count: $0.count)
            }
        }
        var tables = (ConfidenceTable(binCount: 15), ConfidenceTable(binCount: 1000))
        for (sample, probability) in zip(rates.samples, probabilities ?? []) {
            tables.0.add(confidence: probability, isCorrect: sample.isExact)
            tables.1.add(confidence: probability, isCorrect: sample.isExact)
        }
        calibration = Calibration(tables.0)
        coverage = tables.1.coverageCurve.atSteps(of: 0.05)
        byWriter = Self.writers(of: rates.samples)
    }

    private static func writers(of samples: [TextErrors]) -> [Writer]? {
        let groups = Dictionary(grouping: samples.filter { $0.group != nil }) { $0.group ?? "" }
        if groups.isEmpty { return nil }
        let writers = groups.map { name, samples in
            let tally = samples.reduce(into: ErrorTally.zero) { $0 += $1.characters }
            return Writer(writer: name, samples: samples.count, errorRate: tally.errorRate ?? 0)
        }
        return writers.sorted { ($0.errorRate, $0.writer) < ($1.errorRate, $1.writer) }
    }
}

extension TextReport.Rate {
    fileprivate init(_ rates: ErrorRates, _ path: KeyPath<TextErrors, ErrorTally>) {
        let tally = rates.total(of: path)
        var generator = SeededGenerator(seed: 1)
        let range = rates.interval(of: path, using: &generator)
        value = tally.errorRate
        lower = range?.lower
        upper = range?.upper
        substitutions = tally.substitutions
        deletions = tally.deletions
        insertions = tally.insertions
        reference = tally.reference
    }
}

extension TextReport.Rate {
    /// The rate with its interval, if there is one.
    public var figure: Figure? {
        guard let value else { return nil }
        guard let lower, let upper else { return Figure(value: value, nil) }
        return Figure(value: value, Interval(lower: lower, upper: upper))
    }

    /// In percent with one decimal, without the interval.
    var percent: String { value.map { fixed(100 * $0, 1) } ?? "-" }

    fileprivate var text: String { figure?.text ?? "-  (no symbols in the true texts)" }
}

// MARK: Table

extension TextReport {
    /// The figures for people to read.
    public var table: String {
        var lines = [
            "\(file)  (\(reader))",
            "  \(sampleText)\(writers.map { " of \(counted($0, "writer"))" } ?? ""), "
                + "\(counted(characters.reference, "character")); \(basis.head)",
            "",
            "  CER                 \(characters.text)   \(edits)",
            "  WER                 \(words.text)",
            "  CER, case folded    \(foldedCharacters.text)",
            "  CER, no punctuation \(unpunctuatedCharacters.text)",
            "  samples right       \(exact.text)"
                + (calibration.map { "   calibration error \(fixed(100 * $0.expectedCalibrationError, 2)) %" } ?? ""),
        ]
        for list in errorLists { lines.append("  \(list.title.padded(to: 19)) \(list.errors.joined(separator: "  "))") }
        return (lines + comparisons.map { "  \($0.line)" }).joined(separator: "\n") + "\n"
    }

    private var basis: IntervalBasis { IntervalBasis(groups, writers == nil ? "text" : "writer") }

    /// The samples, and how many of them count as unread or do not count.
    private var sampleText: String {
        let read = withoutReading > 0 ? "readings of \(grouped(samples - withoutReading)) of " : ""
        return read + counted(samples, "sample")
            + (withoutText > 0 ? " (\(grouped(withoutText)) more without text left out)" : "")
    }

    /// The number of samples for a table; `4 of 5` if not all were read.
    var sampleCell: String {
        (withoutReading > 0 ? "\(grouped(samples - withoutReading)) of " : "") + grouped(samples)
    }

    /// The most frequent errors of each kind, with their counts.
    public var errorLists: [(title: String, errors: [String])] {
        let kinds: [(String, (Confusion) -> Bool)] = [
            ("read as", { $0.truth != nil && $0.reading != nil }), ("left out", { $0.reading == nil }),
            ("put in", { $0.truth == nil }),
        ]
        return kinds.map { title, isOfKind in (title, confusions.filter(isOfKind).map(\.text)) }
            .filter { !$0.errors.isEmpty }
    }

    private var edits: String {
        [
            (characters.substitutions, "substitution"), (characters.deletions, "deletion"),
            (characters.insertions, "insertion"),
        ].map { counted($0, $1) }.joined(separator: ", ")
    }

    /// A table with one row per file.
    public static func markdown(_ reports: [TextReport]) -> String {
        let hasReaders = Set(reports.map(\.reader)).count > 1
        let head = [
            "| set |\(hasReaders ? " read by |" : "") samples | writers | characters | CER % [95 %] | WER % [95 %] "
                + "| CER %, case folded | CER %, no punctuation |",
            "|---|---|---|---|---|---|---|---|" + (hasReaders ? "---|" : ""),
        ]
        return (head + reports.map { $0.markdownRow(hasReaders) }).joined(separator: "\n")
            + markdown(notes: reports.map { ($0.file, $0.basis.lack) })
            + Comparison.markdown(reports.flatMap(\.comparisons))
    }

    private func markdownRow(_ hasReaders: Bool) -> String {
        let name = file.hasSuffix(".jsonl.gz") ? String(file.dropLast(".jsonl.gz".count)) : file
        let cells =
            [name] + (hasReaders ? [reader] : []) + [
                sampleCell, writers.map(grouped) ?? "-", grouped(characters.reference),
                characters.figure?.short ?? "-", words.figure?.short ?? "-", foldedCharacters.percent,
                unpunctuatedCharacters.percent,
            ]
        return "| \(cells.joined(separator: " | ")) |"
    }
}

extension TextReport.Confusion {
    fileprivate var text: String {
        let parts = [truth, reading].compactMap { $0 }.map { $0 == " " ? "blank" : $0 }
        return "\(parts.joined(separator: ">")) \(grouped(count))"
    }
}
