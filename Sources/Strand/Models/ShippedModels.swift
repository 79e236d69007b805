import CStrandModels
import FoundationEssentials
import StrandFormats
import StrandNetwork

/// The bytes of a model inside the program, as a file.
private func shipped<Model>(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ read: (Safetensors, String) throws(SafetensorsError) -> Model
) -> Model {
    let name = "shipped model"
    do { return try read(Safetensors(bytes: Data(bytes: bytes, count: count), file: name), name) } catch {
        preconditionFailure("\(error)")
    }
}

/// SHA-256 of a model's file inside the program, in hexadecimal.
private func sha256(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
    var digest = SHA256()
    digest.update(Array(UnsafeBufferPointer(start: bytes, count: count))[...])
    return digest.finish()
}

extension ProteinModel {
    /// SHA-256 of the file of the model that comes with the program, in hexadecimal.
    public static var shippedSHA256: String { sha256(strand_protein_model, strand_protein_model_size) }

    /// The model that comes with the program.
    public static var shipped: ProteinModel {
        Strand.shipped(strand_protein_model, strand_protein_model_size) { contents, file throws(SafetensorsError) in
            try ProteinModel(contents, file: file)
        }
    }
}

extension InkModel {
    /// SHA-256 of the file of the model that comes with the program, in hexadecimal.
    public static var shippedSHA256: String { sha256(strand_ink_model, strand_ink_model_size) }

    /// The model that comes with the program: English words and lines, printable ASCII.
    public static var shipped: InkModel {
        Strand.shipped(strand_ink_model, strand_ink_model_size) { contents, file throws(SafetensorsError) in
            try InkModel(contents, file: file)
        }
    }
}

extension CharacterModel {
    /// The language model that comes with the program: English.
    public static var shipped: CharacterModel {
        Strand.shipped(strand_english_model, strand_english_model_size) { contents, file throws(SafetensorsError) in
            try CharacterModel(contents, file: file)
        }
    }
}

extension InkReader {
    /// A reader that runs the model that comes with the program.
    public static var shipped: InkReader { InkReader(.shipped) }
}
