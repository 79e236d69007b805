import ArgumentParser
import Strand
import StrandFormats
import StrandMetrics

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Compares texts that any program read with the true texts: CER and WER.",
        discussion: """
            Each file is plain text, a text a line; a table with the columns id and text (of several ranks the first \
            counts); or JSON Lines with the members id and text, such as ink itself. Tables and JSON Lines are matched \
            by id, plain text line by line. A true text without a reading counts as all deletions, a reading without \
            a true text is left out; both are reported. CER = (S + D + I) / characters, over grapheme clusters of all \
            texts together; WER over words between white space. Where the truth names writers, intervals are over \
            writers, else over texts.

            EXAMPLES:
              strand score truth.jsonl.gz readings.tsv
              strand score truth.txt mine.txt theirs.txt --markdown
            """)

    @OptionGroup var reporting: ReportOptions

    @Argument(help: ArgumentHelp("The true texts.", valueName: "truth"))
    var truth: String

    @Argument(help: ArgumentHelp("Readings; several are scored one after the other.", valueName: "readings"))
    var readings: [String]

    func run() throws {
        let truth = try Texts(path: truth)
        var reports: [TextReport] = []
        for path in readings {
            let readings = try Texts(path: path)
            var rates = ErrorRates()
            for text in truth.all {
                rates.add(truth: text.text, reading: readings[text.id] ?? "", group: text.writer)
            }
            report(missing: truth.ids.subtracting(readings.ids), path, "without a reading: counted as deletions")
            report(missing: readings.ids.subtracting(truth.ids), path, "without a true text: left out")
            reports.append(TextReport(file: truth.name, reader: readings.name, rates))
        }
        try reporting.show(reports) { .ink(reports, samples: reports.map { _ in [] }, subtitle: "") }
    }

    private func report(missing ids: Set<String>, _ path: String, _ what: String) {
        if ids.isEmpty { return }
        let some = ids.sorted().prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", ..." : "")
        Terminal.message("\(path): \(counted(ids.count, "text")) \(what) (\(some))")
    }
}

/// The texts of a file by their ids.
private struct Texts {
    let name: String
    let all: [NamedText]
    private let byID: [String: String]

    var ids: Set<String> { Set(byID.keys) }

    init(path: String) throws(FormatError) {
        var reader = TextReader(ByteSource(argument: path))
        var all: [NamedText] = []
        var byID: [String: String] = [:]
        while let text = try reader.next() {
            guard byID.updateValue(text.text, forKey: text.id) == nil else {
                throw FormatError(file: path, record: text.id, problem: .repeatedID)
            }
            all.append(text)
        }
        if all.isEmpty { throw FormatError(file: path, problem: .noText) }
        name = fileName(of: path)
        self.all = all
        self.byID = byID
    }

    subscript(id: String) -> String? { byID[id] }
}
