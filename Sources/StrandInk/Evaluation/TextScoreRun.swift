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
    public init(_ readings: [TextFile], against truth: TextFile, observer: any RunObserver) {
        self.observer = observer
        var systems: [(name: String, rates: ErrorRates)] = []
        for readings in readings {
            var rates = ErrorRates()
            for text in truth.all {
                rates.add(truth: text.text, reading: readings[text.id] ?? "", group: text.writer)
            }
            report(truth.ids.subtracting(readings.ids), readings.path, "without a reading: counted as deletions")
            report(readings.ids.subtracting(truth.ids), readings.path, "without a true text: left out")
            reports.append(TextReport(file: truth.name, reader: readings.name, rates))
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

    private func report(_ ids: Set<String>, _ path: String, _ what: String) {
        if ids.isEmpty { return }
        observer.message("\(path): \(counted(ids.count, "text")) \(what) (\(some(ids)))")
    }
}

/// The first few ids.
public func some(_ ids: some Collection<String>) -> String {
    ids.sorted().prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", ..." : "")
}

/// The texts of a file by their ids.
public struct TextFile: Sendable {
    public let path: String
    public let name: String
    public let all: [NamedText]
    private let byID: [String: String]

    public var ids: Set<String> { Set(byID.keys) }

    /// - Parameter path: the file; `-` is standard input.
    public init(path: String) throws(FormatError) { try self.init(path: path, ByteReader(ByteSource(argument: path))) }

    /// - Parameters:
    ///   - path: the file's name.
    ///   - bytes: its contents.
    public init(path: String, _ bytes: consuming ByteReader) throws(FormatError) {
        var reader = TextReader(bytes)
        var all: [NamedText] = []
        var byID: [String: String] = [:]
        while let text = try reader.next() {
            guard byID.updateValue(text.text, forKey: text.id) == nil else {
                throw FormatError(file: path, record: text.id, problem: .run(.repeatedID))
            }
            all.append(text)
        }
        if all.isEmpty { throw FormatError(file: path, problem: .ink(.noText)) }
        self.path = path
        name = fileName(of: path)
        self.all = all
        self.byID = byID
    }

    public subscript(id: String) -> String? { byID[id] }
}
