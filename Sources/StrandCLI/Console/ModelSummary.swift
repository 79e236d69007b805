import Strand
import StrandNetwork

/// A model's card for the terminal.
struct ModelSummary {
    private let description: ProteinDescription
    private let tensors: [Tensor]
    private let file: String

    init(_ model: ProteinModel, file: String) {
        description = model.description
        tensors = model.network.tensors
        self.file = file
    }

    var text: String {
        let network = description.network
        var lines = [
            "\(file): \(description.task.rawValue) model '\(description.name)', format version \(description.version)",
            "  network    \(network.layers) bidirectional LSTM layers of \(network.hidden) units a direction, "
                + "\(grouped(network.parameterCount)) parameters",
            "  input      \(description.input.featureCount) features: \(description.input.alphabet) and unknown",
            "  labels     \(description.labels), decoder \(description.decoder), temperature \(description.temperature)",
        ]
        if let training = description.training { lines += trainingLines(training) }
        lines += description.figures.sorted { $0.key < $1.key }.map {
            "  figure     \($0.key) \(fixed(100 * $0.value, 2)) %"
        }
        lines += tensors.map { "  tensor     \($0.name) \($0.shape.map(String.init).joined(separator: " x "))" }
        return lines.joined(separator: "\n")
    }

    private func trainingLines(_ training: TrainingDescription<ProteinTraining.Options>) -> [String] {
        let options = training.options
        return training.data.map {
            let size = $0.records > 0 ? "\(grouped($0.records)) chains, \(grouped($0.symbols)) residues, " : ""
            return "  data       \($0.role): \($0.name), \(size)sha256 \($0.sha256)"
        } + [
            "  training   \(options.epochs) epochs, rate \(options.rate), dropout \(options.dropout), residue dropout "
                + "\(training.recipe.residueDropout), soft share \(training.recipe.softShare), "
                + "weight decay \(options.optimiser.weightDecay), average \(options.optimiser.averageDecay), seed \(options.seed)"
        ]
    }
}
