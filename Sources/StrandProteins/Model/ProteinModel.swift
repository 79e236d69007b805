import CStrandModels
import Glibc
import StrandEngine
import StrandMetrics
import StrandNetwork

/// Residues and their labels.
public enum ProteinTask: SequenceTask {
    public typealias Encoder = ResidueEncoder
    public typealias Labels = LabelSet
    public typealias Recipe = ProteinTraining.Options

    public static let name = ModelTask.protein
    public static let decoder = "softmax"
    public static let record = "chain"
    public static let symbol = "residue"
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
    /// Secondary structure from profiles.
    case profile

    private var file: ShippedFile {
        switch self {
        case .structure: ShippedFile(strand_protein_model, count: strand_protein_model_size)
        case .disorder: ShippedFile(strand_disorder_model, count: strand_disorder_model_size)
        case .profile: ShippedFile(strand_profile_model, count: strand_profile_model_size)
        }
    }

    /// The model's file, safetensors.
    public var bytes: [UInt8] { file.bytes }

    /// SHA-256 of the model's file, in hexadecimal.
    public var sha256: String { file.sha256 }

    private static let structureModel = ShippedProteinModel.structure.loaded
    private static let disorderModel = ShippedProteinModel.disorder.loaded
    private static let profileModel = ShippedProteinModel.profile.loaded

    private var loaded: ProteinModel { ProteinModel(file) }

    /// The model, loaded once.
    public var model: ProteinModel {
        switch self {
        case .structure: Self.structureModel
        case .disorder: Self.disorderModel
        case .profile: Self.profileModel
        }
    }

    /// The model for chains of which no relatives are known, where there is a better one.
    public var ofAlone: ProteinModel? { self == .profile ? Self.structureModel : nil }

    /// A labeller that runs it.
    public var labeller: ProteinLabeller { ProteinLabeller(model, ofAlone: ofAlone) }
}

extension ProteinModel {
    /// The shipped model of secondary structure, loaded once.
    public static var shipped: ProteinModel { ShippedProteinModel.structure.model }

    /// Refuses a model that sees features of the user's own where there are none to give.
    /// - Parameter file: the model's.
    /// - Throws: `badMetadata`.
    package func checkNeedsNothing(file: String) throws(SafetensorsError) {
        guard case .given = description.input.beside else { return }
        throw SafetensorsError(
            file: file,
            .badMetadata(key: "input", reason: "it sees \(description.input.beside.text), which cannot be given here"))
    }

    /// Fits the temperature on labelled chains that the model was not trained on: see `TemperatureScaling`. Residues
    /// without a label are not counted; if none has one the temperature stays unchanged. A label of three states stands for
    /// all states reduced to it.
    /// - Parameters:
    ///   - records: the chains.
    ///   - compute: where to run.
    ///   - progress: takes the number of chains labelled so far.
    public mutating func calibrate(
        on records: [LabelledFASTARecord], compute: Compute, progress: (Int) -> Void = { _ in }
    ) {
        let labeller = ProteinLabeller(network: network, labels: labels, encoder: description.input)
        let (labels, count) = (self.labels, self.labels.count)
        let haveThreeStates =
            labels.isDSSP ? records.threeStateChains : Array(repeating: false, count: records.count)
        // (N, K): logarithms of the probabilities at temperature 1 are logits; the true states of each row.
        var labelled: [(logits: [Double], truth: [UInt32])] = []
        labeller.label(inputs: records.map(\.input), on: compute) { index, predicted in
            let logits = predicted.probabilities.map { log(max(Double($0), 1e-30)) }
            let truth = records[index].labels
            progress(index + 1)
            labelled.append(
                (
                    logits,
                    haveThreeStates[index] ? SecondaryStructure.targets(threeStates: truth) : labels.targets(truth)
                ))
        }
        let chains = labelled
        guard chains.contains(where: { $0.truth.contains { $0 != 0 } }) else { return }
        description.temperature = TemperatureScaling.temperature { temperature in
            compute.map(chains.count) { index in
                let (logits, truth) = chains[index]
                return truth.enumerated().reduce(0.0) { sum, residue in
                    guard residue.element != 0 else { return sum }
                    let row = logits[count * residue.offset..<count * (residue.offset + 1)].map {
                        exp($0 / temperature)
                    }
                    let right = row.indices.reduce(0) { $0 + (residue.element >> UInt32($1) & 1 == 1 ? row[$1] : 0) }
                    return sum + log(row.reduce(0, +)) - log(right)
                }
            }.reduce(0, +)
        }
    }
}
