import CStrandModels
import StrandEngine
import StrandNetwork

extension PublishedFigure {
    /// Figures of other readers of pen strokes.
    public static let ofInk = all(
        of: .ink, in: ShippedFile(strand_published_figures, count: strand_published_figures_size))
}

extension InkModel {
    private static let shippedFile = ShippedFile(strand_ink_model, count: strand_ink_model_size)

    /// The shipped model's file, safetensors.
    public static var shippedBytes: [UInt8] { shippedFile.bytes }

    /// SHA-256 of the shipped model's file, in hexadecimal.
    public static var shippedSHA256: String { shippedFile.sha256 }

    /// The shipped model, loaded once: English words and lines, printable ASCII.
    public static let shipped = InkModel(shippedFile)
}

extension CharacterModel {
    private static let shippedFile = ShippedFile(strand_english_model, count: strand_english_model_size)

    /// SHA-256 of the shipped model's file, in hexadecimal.
    public static var shippedSHA256: String { shippedFile.sha256 }

    /// The shipped language model, loaded once: English.
    public static let shipped: CharacterModel =
        shippedFile
        .model { contents, file throws(SafetensorsError) in try CharacterModel(contents, file: file) }
}

extension InkReader {
    /// A reader that runs the shipped model.
    public static var shipped: InkReader { InkReader(.shipped) }
}
