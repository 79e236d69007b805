import Strand
import StrandMetrics
import StrandNetwork

/// Error rates of readings of one file, as JSON has them and as a table.
struct TextReport: Codable {
    /// A rate with its 95 % interval over writers.
    struct Rate: Codable, MeasuredFigure {
        var value: Double
        var lower: Double
        var upper: Double
        var substitutions: Int
        var deletions: Int
        var insertions: Int
        /// Characters, or words, of the true texts.
        var reference: Int
    }

    /// An edit and how often it was made; what is missing is nil.
    struct Confusion: Codable {
        var truth: String?
        var reading: String?
        var count: Int
    }

    var file: String
    /// A model with its decoder, or the file of the readings.
    var reader: String
    var samples: Int
    var writers: Int
    var interval: String
    /// CER
    var characters: Rate
    /// WER
    var words: Rate
    /// CER, case folded.
    var foldedCharacters: Rate
    /// CER without punctuation.
    var unpunctuatedCharacters: Rate
    /// Samples without any error.
    var exact: ProteinReport.Figure
    var confusions: [Confusion]

    init(file: String, reader: String, _ rates: ErrorRates) {
        self.file = file
        self.reader = reader
        samples = rates.samples.count
        writers = rates.groupCount
        interval = "95 % percentile bootstrap over writers, 10,000 resamples"
        func rate(_ tally: KeyPath<TextErrors, ErrorTally>) -> Rate { Rate(rates, tally) }
        characters = rate(\.characters)
        words = rate(\.words)
        foldedCharacters = rate(\.foldedCharacters)
        unpunctuatedCharacters = rate(\.unpunctuatedCharacters)
        var generator = SeededGenerator(seed: 1)
        let range = rates.exactMatchInterval(using: &generator)
        exact = .init(value: rates.exactMatchRate ?? 0, lower: range?.lower ?? 0, upper: range?.upper ?? 0)
        confusions = [EditKind.substitution, .deletion, .insertion].flatMap { kind in
            rates.confusions.mostFrequent(kind, limit: 8).map {
                Confusion(
                    truth: $0.edit.reference.map { String($0) }, reading: $0.edit.hypothesis.map { String($0) },
                    count: $0.count)
            }
        }
    }
}

extension TextReport.Rate {
    fileprivate init(_ rates: ErrorRates, _ path: KeyPath<TextErrors, ErrorTally>) {
        let tally = rates.total(of: path)
        var generator = SeededGenerator(seed: 1)
        let range = rates.interval(of: path, using: &generator)
        value = tally.errorRate ?? 0
        lower = range?.lower ?? 0
        upper = range?.upper ?? 0
        substitutions = tally.substitutions
        deletions = tally.deletions
        insertions = tally.insertions
        reference = tally.reference
    }
}

// MARK: Table

extension TextReport {
    /// The figures for people.
    var table: String {
        var lines = [
            "\(file)  (\(reader))",
            "  \(counted(samples, "sample")) of \(counted(writers, "writer")), \(grouped(characters.reference)) characters; "
                + "[95 % interval over writers]",
            "",
            "  CER                 \(characters.text)   \(edits)",
            "  WER                 \(words.text)",
            "  CER, case folded    \(foldedCharacters.text)",
            "  CER, no punctuation \(unpunctuatedCharacters.text)",
            "  samples right       \(exact.text)",
        ]
        for (title, isOfKind) in [
            ("read as", { $0.truth != nil && $0.reading != nil }), ("left out", { $0.reading == nil }),
            ("put in", { $0.truth == nil }),
        ] as [(String, (Confusion) -> Bool)] {
            let chosen = confusions.filter(isOfKind)
            if chosen.isEmpty { continue }
            lines.append("  \(title.padded(to: 19)) \(chosen.map(\.text).joined(separator: "  "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var edits: String {
        "\(grouped(characters.substitutions)) substitutions, \(grouped(characters.deletions)) deletions, "
            + "\(grouped(characters.insertions)) insertions"
    }

    /// A table with a row a file.
    static func markdown(_ reports: [TextReport]) -> String {
        let head = [
            "| set | samples | writers | characters | CER % [95 %] | WER % [95 %] | CER %, case folded | CER %, no punctuation |",
            "|---|---|---|---|---|---|---|---|",
        ]
        return (head + reports.map(\.markdownRow)).joined(separator: "\n")
    }

    private var markdownRow: String {
        let name = file.hasSuffix(".jsonl.gz") ? String(file.dropLast(".jsonl.gz".count)) : file
        let cells = [
            name, grouped(samples), grouped(writers), grouped(characters.reference), characters.short, words.short,
            fixed(100 * foldedCharacters.value, 1), fixed(100 * unpunctuatedCharacters.value, 1),
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
