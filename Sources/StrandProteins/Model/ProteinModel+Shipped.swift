import CStrandModels
import StrandEngine
import StrandNetwork

extension PublishedFigure {
    /// Figures of other predictors of secondary structure.
    public static let ofProteins = all(
        of: .protein, in: ShippedFile(strand_published_figures, count: strand_published_figures_size))
}

/// A model of proteins that comes with the program, by what it labels.
public enum ShippedProteinModel: String, Sendable, CaseIterable {
    /// Secondary structure: the eight states of DSSP.
    case structure
    /// Disorder: D where a crystal shows no coordinates, O where it does.
    case disorder

    private var file: ShippedFile {
        switch self {
        case .structure: ShippedFile(strand_protein_model, count: strand_protein_model_size)
        case .disorder: ShippedFile(strand_disorder_model, count: strand_disorder_model_size)
        }
    }

    /// SHA-256 of the model's file, in hexadecimal.
    public var sha256: String { file.sha256 }

    private static let structureModel = ShippedProteinModel.structure.loaded
    private static let disorderModel = ShippedProteinModel.disorder.loaded

    private var loaded: ProteinModel {
        file.model { contents, file throws(SafetensorsError) in try ProteinModel(contents, file: file) }
    }

    /// The model, loaded once.
    public var model: ProteinModel {
        switch self {
        case .structure: Self.structureModel
        case .disorder: Self.disorderModel
        }
    }
}

extension ProteinModel {
    /// The shipped model of secondary structure, loaded once.
    public static var shipped: ProteinModel { ShippedProteinModel.structure.model }
}
