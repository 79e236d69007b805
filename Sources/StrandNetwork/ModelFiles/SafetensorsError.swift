/// Why a safetensors file could not be read, written or understood.
public struct SafetensorsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file as the caller named it.
    public var file: String
    public var problem: Problem

    /// What is wrong, with the offending values.
    public enum Problem: Sendable, Equatable {
        case unreadable(reason: String)
        case unwritable(reason: String)
        case tooShort(bytes: Int)
        case headerBeyondFile(headerBytes: UInt64, fileBytes: Int)
        case headerTooLarge(headerBytes: UInt64, limit: Int)
        case headerNotJSON(reason: String)
        case unknownType(tensor: String, type: String)
        case badShape(tensor: String, shape: [Int])
        case sizeMismatch(tensor: String, expected: Int, found: Int)
        case beyondFile(tensor: String, end: Int, dataBytes: Int)
        case overlap(tensor: String, other: String)
        case gap(after: Int, before: Int)
        case missingTensor(String)
        case unexpectedTensor(String)
        case tensorShape(tensor: String, expected: [Int], found: [Int])
        case notFinite(tensor: String)
        case noRecurrentLayer
        case noHead(candidates: [String])
        case missingMetadata(key: String)
        case badMetadata(key: String, reason: String)
        case unsupportedVersion(found: String, supported: String)
        case wrongKind(expected: String, found: String)
        /// A checkpoint of a training after this many epochs, where a model is needed.
        case checkpoint(epochs: Int)
    }

    public init(file: String, _ problem: Problem) {
        self.file = file
        self.problem = problem
    }

    /// One line: `FILE: what is wrong`. U+FFFD stands for each control character of the file, which could end the line or
    /// move the cursor of a terminal.
    public var description: String {
        let scalars = "\(file): \(problem)".unicodeScalars.map {
            $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : $0
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension SafetensorsError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .unwritable(let reason): "cannot be written: \(reason)"
        case .tooShort(let bytes): "is not a model file: \(bytes) bytes are too few for a safetensors header"
        case .headerBeyondFile(let header, let file):
            "is not a model file: its header claims \(header) bytes and the file has \(file); is it a safetensors file, and whole?"
        case .headerTooLarge(let header, let limit):
            "is not a model file: its header claims \(header) bytes, more than the \(limit) allowed"
        case .headerNotJSON(let reason): "is damaged: its header does not follow the safetensors format (\(reason))"
        case .unknownType(let tensor, let type):
            "tensor '\(tensor)' has type \(type); F32, F16, BF16, F64, I64, I8 and U8 can be read: convert it"
        case .badShape(let tensor, let shape): "is damaged: tensor '\(tensor)' has shape \(shape)"
        case .sizeMismatch(let tensor, let expected, let found):
            "is damaged: tensor '\(tensor)' needs \(expected) bytes and has \(found)"
        case .beyondFile(let tensor, let end, let data):
            "is cut short: tensor '\(tensor)' ends at byte \(end) of \(data); fetch the file again"
        case .overlap(let tensor, let other): "is damaged: tensors '\(other)' and '\(tensor)' overlap"
        case .gap(let after, let before): "is damaged: bytes \(after) to \(before) belong to no tensor"
        case .missingTensor(let name): "has no tensor '\(name)', which this network needs"
        case .unexpectedTensor(let name): "has a tensor '\(name)' that does not belong to a recurrent tagger"
        case .tensorShape(let tensor, let expected, let found):
            "tensor '\(tensor)' has shape \(found) where \(expected) is needed"
        case .notFinite(let tensor): "tensor '\(tensor)' holds a number that is not finite"
        case .noRecurrentLayer: "holds no recurrent layer: there is no tensor whose name ends in 'weight_ih_l0'"
        case .noHead(let candidates):
            "needs one linear layer after the recurrent ones and has \(candidates.isEmpty ? "none" : candidates.joined(separator: ", "))"
        case .missingMetadata(let key): "says nothing about '\(key)' in its metadata; was it made by Strand?"
        case .badMetadata(let key, let reason): "has metadata '\(key)' that cannot be used: \(reason)"
        case .unsupportedVersion(let found, let supported):
            "has format version \(found) and this program reads \(supported); use a newer program"
        case .checkpoint(let epochs):
            "is the checkpoint of a training after \(epochs == 1 ? "1 epoch" : "\(epochs) epochs") and no model; the training "
                + "writes one when it is through"
        case .wrongKind(let expected, let found): "is a model for '\(found)', not for '\(expected)'"
        }
    }
}
