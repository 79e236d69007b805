import StrandEngine
import StrandNetwork

/// Residues and their labels.
public enum ProteinTask: SequenceTask {
    public typealias Encoder = ResidueEncoder
    public typealias Labels = LabelSet
    public typealias Recipe = ProteinTraining.Options

    public static let name = ModelTask.protein
    public static let decoder = "softmax"
}

extension ModelTask {
    /// Labels of residues.
    public static let protein = ModelTask(rawValue: "protein")
}

/// A network that labels residues, and what its file says about it.
public typealias ProteinModel = Model<ProteinTask>
/// What the description of a model of proteins holds.
public typealias ProteinDescription = ModelDescription<ResidueEncoder, ProteinTraining.Options>

extension ProteinModel {
    /// A freshly trained network of secondary structure.
    public init(network: RecurrentNetwork<Float>, name: String) {
        self.init(network: network, labels: .dssp, encoder: .standard, name: name)
    }
}
