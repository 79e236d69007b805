import FoundationEssentials
import StrandNetwork

/// The metadata of a model file, before its description is fully read.
public struct ModelMetadata: Sendable {
    /// Version of the descriptions that the program writes and reads.
    public static let currentVersion = 1
    private static let key = "strand"

    /// The data the model labels.
    public let task: ModelTask
    private let json: Data

    /// The fields needed to read the rest.
    private struct Preface: Codable {
        var version: Int
        var task: String
    }

    /// Version and task of a file's description.
    public init(_ file: Safetensors) throws(SafetensorsError.Problem) {
        guard let text = file.metadata[Self.key] else {
            if let training = try? TrainingState(file) { throw .checkpoint(epochs: training.epoch) }
            throw .missingMetadata(key: Self.key)
        }
        json = Data(text.utf8)
        guard let preface = try? JSONDecoder().decode(Preface.self, from: json) else {
            throw .badMetadata(key: Self.key, reason: "it states no version and task")
        }
        guard preface.version == Self.currentVersion else {
            throw .unsupportedVersion(found: "\(preface.version)", supported: "\(Self.currentVersion)")
        }
        task = ModelTask(rawValue: preface.task)
    }

    /// The whole description; the model must be for `task`.
    package func description<Description: Decodable>(
        of task: ModelTask
    ) throws(SafetensorsError.Problem) -> Description {
        guard self.task == task else { throw .wrongKind(expected: task.rawValue, found: self.task.rawValue) }
        do { return try JSONDecoder().decode(Description.self, from: json) } catch {
            throw .badMetadata(key: Self.key, reason: Self.reason(of: error))
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' cannot be understood"
        default: "it cannot be understood"
        }
    }

    /// Metadata with a description in it.
    package static func text(of description: some Encodable) -> [String: String] { [key: json(description)] }

    /// Plain data as JSON. Equal data make equal bytes.
    static func json(_ data: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(data) else { preconditionFailure("a description is plain data") }
        return String(decoding: json, as: UTF8.self)
    }
}
