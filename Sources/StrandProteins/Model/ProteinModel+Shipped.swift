import CStrandModels
import StrandEngine
import StrandNetwork

extension PublishedFigure {
    /// Figures of other predictors of secondary structure.
    public static let ofProteins = all(
        of: .protein, in: ShippedFile(strand_published_figures, count: strand_published_figures_size))
}

extension ProteinModel {
    private static let shippedFile = ShippedFile(strand_protein_model, count: strand_protein_model_size)

    /// SHA-256 of the shipped model's file, in hexadecimal.
    public static var shippedSHA256: String { shippedFile.sha256 }

    /// The shipped model, loaded once.
    public static let shipped: ProteinModel = shippedFile.model { contents, file throws(SafetensorsError) in
        try ProteinModel(contents, file: file)
    }
}
