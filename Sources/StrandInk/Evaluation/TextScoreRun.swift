import StrandBytes
import StrandEngine
import StrandMetrics

/// Scores readings against true texts.
public struct TextScoreRun {
    private let observer: any RunObserver
    public private(set) var reports: [TextReport] = []

    /// - Parameters:
    ///   - readings: the readings of each system.
    ///   - truth: the true texts.
    ///   - observer: told of what does not match.
    /// - Throws: `noneHasText` if no sample has a true text, `nothingMatched` if readings have ids of none.
    public init(
        _ readings: [TextFile], against truth: TextFile, observer: any RunObserver
    ) throws(FormatError) {
        self.observer = observer
        let known = truth.all.filter { $0.text != nil }
        if known.isEmpty {
            throw FormatError(file: truth.path, problem: .ink(.noneHasText(samples: truth.all.count)))
        }
        let ids = Set(known.map(\.id))
        report(truth.ids.subtracting(ids), truth.path, "without text: left out", noun: "sample")
        var systems: [(name: String, rates: ErrorRates)] = []
        for readings in readings {
            if readings.ids.isDisjoint(with: ids) {
                throw FormatError(
                    file: readings.path,
                    problem: .ink(.nothingMatched(readings.all[0].id, truth: truth.name, known[0].id)))
            }
            var rates = ErrorRates()
            for text in known {
                rates.add(truth: text.text ?? "", reading: readings[text.id] ?? "", group: text.writer)
            }
            let missing = ids.subtracting(readings.ids)
            report(missing, readings.path, "without a reading: counted as deletions")
            report(readings.ids.subtracting(truth.ids), readings.path, "without a true text: left out")
            reports.append(
                TextReport(
                    file: truth.name, reader: readings.name, rates, withoutText: truth.all.count - known.count,
                    withoutReading: missing.count))
            systems.append((readings.name, rates))
        }
        for first in systems.indices {
            reports[first].comparisons = systems.dropFirst(first + 1).flatMap { compare(systems[first], $0) }
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

    private func report(_ ids: Set<String>, _ path: String, _ what: String, noun: String = "text") {
        if ids.isEmpty { return }
        observer.message("\(path): \(counted(ids.count, noun)) \(what) (\(some(ids)))")
    }
}

/// The texts of a file by their ids.
public struct TextFile: Sendable {
    public let path: String
    public let name: String
    public let all: [NamedText]
    /// Whether it is plain text, whose layout can be named.
    public let isPlain: Bool
    private let byID: [String: String]

    public var ids: Set<String> { Set(byID.keys) }

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - plain: how plain text is to be understood; nil: as its lines show.
    public init(path: String, plain: PlainTextLayout? = nil) throws(FormatError) {
        try self.init(path: path, ByteReader(ByteSource(argument: path)), plain: plain)
    }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents: texts as `TextReader` reads them.
    ///   - plain: see above.
    /// - Throws: `noText`, `noneHasText`, `repeatedID`, `idsBeforeTexts`, `rowsWithoutHeader`, or what the readers throw.
    public init(path: String, _ bytes: consuming ByteReader, plain: PlainTextLayout? = nil) throws(FormatError) {
        var reader = TextReader(bytes, plain: plain)
        let all = try reader.all()
        if plain == nil, reader.plain == .lines {
            let lines = all.compactMap(\.text)
            if let id = PlainTextSign.idBeforeTexts(lines) {
                throw FormatError(file: path, problem: .ink(.idsBeforeTexts(id)))
            }
            if let row = PlainTextSign.rowWithoutHeader(lines) {
                throw FormatError(file: path, problem: .ink(.rowsWithoutHeader(row)))
            }
        }
        var byID: [String: String] = [:]
        for text in all where byID.updateValue(text.text ?? "", forKey: text.id) != nil {
            throw FormatError(file: path, record: text.id, problem: .run(.repeatedID))
        }
        // Of a table of readings each may be empty.
        if all.isEmpty { throw FormatError(file: path, problem: .ink(.noText)) }
        if !reader.isTable && !all.contains(where: { $0.text != nil }) {
            throw FormatError(file: path, problem: .ink(.noneHasText(samples: all.count)))
        }
        isPlain = reader.plain != nil
        self.path = path
        name = fileName(of: path)
        self.all = all
        self.byID = byID
    }

    public subscript(id: String) -> String? { byID[id] }
}
