import Strand

/// Scores readings against true texts.
struct TextScoreRun {
    func score(_ paths: [String], against truthPath: String, _ reporting: ReportOptions) throws {
        let truth = try Texts(path: truthPath)
        var reports: [TextReport] = []
        var systems: [(name: String, rates: ErrorRates)] = []
        for path in paths {
            let readings = try Texts(path: path)
            var rates = ErrorRates()
            for text in truth.all {
                rates.add(truth: text.text, reading: readings[text.id] ?? "", group: text.writer)
            }
            report(missing: truth.ids.subtracting(readings.ids), path, "without a reading: counted as deletions")
            report(missing: readings.ids.subtracting(truth.ids), path, "without a true text: left out")
            reports.append(TextReport(file: truth.name, reader: readings.name, rates))
            systems.append((readings.name, rates))
        }
        for first in systems.indices {
            reports[first].comparisons = systems.dropFirst(first + 1).flatMap { compare(systems[first], $0) }
        }
        try reporting.show(reports) {
            .ink(reports, samples: reports.map { _ in [] }, subtitle: "Scored against \(truth.name).")
        }
    }

    private func compare(
        _ first: (name: String, rates: ErrorRates), _ second: (name: String, rates: ErrorRates)
    ) -> [Comparison] {
        let tallies: [(String, KeyPath<TextErrors, ErrorTally>)] = [("CER", \.characters), ("WER", \.words)]
        return tallies.compactMap { measure, tally in
            Comparison(
                measure, first.name, first.rates.terms(of: tally), second.name, second.rates.terms(of: tally),
                lessIsBetter: true)
        }
    }

    private func report(missing ids: Set<String>, _ path: String, _ what: String) {
        if ids.isEmpty { return }
        Terminal.message("\(path): \(counted(ids.count, "text")) \(what) (\(some(ids)))")
    }
}

/// The first few of some ids.
func some(_ ids: some Collection<String>) -> String {
    ids.sorted().prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", ..." : "")
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
