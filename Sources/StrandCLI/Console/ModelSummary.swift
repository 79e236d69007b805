import FoundationEssentials
import Strand

/// What was built: version, commit, kernels and the models inside, for bug reports.
var buildDescription: String {
    let kernels = KernelPath.allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
    let proteins = ShippedProteinModel.allCases.map { ($0.model.description.name, $0.sha256) }
    let models =
        proteins + [
            (InkModel.shipped.description.name, InkModel.shippedSHA256),
            ("language model", CharacterModel.shippedSHA256),
        ]
    return
        ([
            "strand \(strandVersion)", "commit   \(strandCommit)",
            "kernels  \(KernelPath.best.rawValue) of \(kernels), as this processor has them",
        ] + models.map { "model    \($1)  \($0)" }).joined(separator: "\n")
}

/// A model's card for the terminal.
struct ModelSummary {
    /// The card.
    let text: String

    /// The card of a model file of any kind.
    init(path: String, _ bytes: consuming ByteReader) throws {
        let contents = try Safetensors(bytes: Data(bytes.readAll(limit: 1 << 31) ?? []), file: path)
        let task: ModelTask
        do throws(SafetensorsError.Problem) { task = try ModelMetadata(contents).task } catch {
            throw SafetensorsError(file: path, error)
        }
        switch task {
        case .protein: self.init(try ProteinModel(contents, file: path), file: path)
        case .ink: self.init(try InkModel(contents, file: path), file: path)
        case .text: self.init(try CharacterModel(contents, file: path), file: path)
        default:
            throw SafetensorsError(file: path, .wrongKind(expected: "protein, ink or text", found: task.rawValue))
        }
    }

    init(_ model: ProteinModel, file: String) {
        let input = model.description.input
        self.init(
            model.description, model.network, file: file,
            input: "\(counted(input.featureCount, "feature")): \(input.alphabet) and unknown\(input.beside.summary)"
        ) { "residue dropout \($0.residueDropout), soft share \($0.softShare)" }
    }

    init(_ model: InkModel, file: String) {
        let input = model.description.input
        let corrections = [(input.correctsSlant, "slant"), (input.correctsBaseline, "baseline")].filter(\.0).map(\.1)
        self.init(
            model.description, model.network, file: file,
            input:
                "\(counted(input.featureCount, "feature")), \(counted(input.stepsPerFrame, "step")) of \(input.stepLength) letter sizes, "
                + "corrected: \(corrections.isEmpty ? "nothing" : corrections.joined(separator: ", "))"
        ) {
            "rotation \(fixed($0.rotation, 3)), slant \(fixed($0.slant, 3)), scale \(fixed($0.scale, 3)), "
                + "jitter \(fixed($0.jitter, 3)), wave \(fixed($0.wave, 3))"
        }
    }

    init(_ model: CharacterModel, file: String) {
        text =
            ([
                "\(file): text model of \(counted(model.gramCount, "n-gram")) of up to \(counted(model.order, "character"))",
                "  characters \(model.alphabet.text)",
            ] + model.data.map { $0.line(of: "line", "character") }).joined(separator: "\n")
    }

    private init<Encoder, Recipe>(
        _ description: ModelDescription<Encoder, Recipe>, _ network: RecurrentNetwork<Float>, file: String,
        input: String,
        recipe: (Recipe) -> String
    ) {
        let shape = description.network
        var lines = [
            "\(file): \(description.task.rawValue) model '\(description.name)', format version \(description.version)",
            "  network    \(shape.summary), \(counted(shape.parameterCount, "parameter"))",
            "  input      \(input)",
            "  labels     \(description.labels), decoder \(description.decoder), temperature \(fixed(description.temperature, 3))",
        ]
        if let training = description.training {
            let options = training.options
            let (record, symbol) = description.task == .protein ? ("chain", "residue") : ("sample", "character")
            lines += training.data.map { $0.line(of: record, symbol) }
            lines.append(
                "  training   \(counted(options.epochs, "epoch")), rate \(options.rate), dropout \(options.dropout), "
                    + "\(recipe(training.recipe)), weight decay \(options.optimiser.weightDecay), "
                    + "average \(options.optimiser.averageDecay), seed \(options.seed)")
        }
        lines += description.figures.sorted { $0.key < $1.key }.map {
            "  figure     \($0.key) \(fixed(100 * $0.value, 2)) %"
        }
        lines += network.tensors.map { "  tensor     \($0.name) \($0.shape.map(String.init).joined(separator: " x "))" }
        text = lines.joined(separator: "\n")
    }
}

extension DataFile {
    fileprivate func line(of record: String, _ symbol: String) -> String {
        let size = records > 0 ? "\(counted(records, record)), \(counted(symbols, symbol)), " : ""
        return "  data       \(role): \(name), \(size)sha256 \(sha256)"
    }
}

extension FeatureKind {
    /// What it adds to the features of a residue.
    fileprivate var summary: String {
        switch self {
        case .nothing: ""
        case .profile: "; of a profile 20 frequencies, Neff and gaps"
        case .given(let columns): "; \(counted(columns, "column")) of the user's own"
        }
    }
}
