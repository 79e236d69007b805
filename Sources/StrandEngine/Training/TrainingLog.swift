import FoundationEssentials
import StrandBytes

/// A training epoch: one line of the log.
public struct EpochEntry: Sendable, Codable {
    var epoch: Int
    var step: Int
    var loss: Double
    /// Figures on the validation data, as fractions.
    var validation: [String: Double]
    var isBest: Bool
    var rate: Double
    var seconds: Double
    /// Absent from logs of old versions.
    var stepsPerSecond: Double?

    /// The line without its end.
    var line: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return Array(try encoder.encode(self))
        }
    }
}

/// The log of a training.
public struct TrainingLog: Sendable {
    public let name: String
    public let epochs: [EpochEntry]

    /// - Throws: `FormatError` for an unreadable file, a line that is not an epoch, or a log without one.
    public init(path: String) throws(FormatError) {
        var lines = LineReader(ByteSource(argument: path))
        var epochs: [EpochEntry] = []
        while let line = try lines.next() {
            guard let entry = try? JSONDecoder().decode(EpochEntry.self, from: Data(line)) else {
                throw FormatError(file: path, line: lines.lineNumber, problem: .run(.noEpoch))
            }
            epochs.append(entry)
        }
        if epochs.isEmpty { throw FormatError(file: path, problem: .run(.noEpoch)) }
        name = fileName(of: path)
        self.epochs = epochs
    }
}
