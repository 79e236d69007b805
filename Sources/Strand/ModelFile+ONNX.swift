import StrandEngine
import StrandInk
import StrandNetwork
import StrandProteins

extension ModelFile {
    /// The bytes of an ONNX file that computes what the model does, from residues or frames of ink to probabilities: see
    /// <doc:OtherPrograms>. Equal models make equal bytes.
    /// - Parameters:
    ///   - file: what the model's file is called, for errors.
    ///   - sha256: of that file, in hexadecimal, for the metadata.
    /// - Throws: `wrongKind` for a model of text, which is not a network; `badMetadata` for a network that ONNX cannot hold.
    public func onnx(file: String, sha256: String) throws(SafetensorsError) -> [UInt8] {
        do throws(SafetensorsError.Problem) {
            switch self {
            case .protein(let model): return try model.onnx(sha256: sha256).encoded()
            case .ink(let model): return try model.onnx(sha256: sha256).encoded()
            case .text: throw .wrongKind(expected: "protein or ink", found: ModelTask.text.rawValue)
            }
        } catch { throw SafetensorsError(file: file, error) }
    }
}

/// A network that comes with the program, by what it does.
public enum ShippedNetwork: String, Sendable, CaseIterable {
    /// Secondary structure of residues.
    case structure
    /// Disorder of residues.
    case disorder
    /// Secondary structure of residues and profiles.
    case profile
    /// Text of pen strokes.
    case ink

    private var ofProteins: ShippedProteinModel? { ShippedProteinModel(rawValue: rawValue) }

    /// The model, loaded once.
    public var model: ModelFile { ofProteins.map { .protein($0.model) } ?? .ink(.shipped) }

    /// The model's file, safetensors.
    public var bytes: [UInt8] { ofProteins?.bytes ?? InkModel.shippedBytes }

    /// SHA-256 of the model's file, in hexadecimal.
    public var sha256: String { ofProteins?.sha256 ?? InkModel.shippedSHA256 }
}
