import ArgumentParser
import Strand

struct TrainInkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ink",
        abstract: "Trains a reader of handwriting on samples of ink with their texts.",
        discussion: """
            The weights kept are the moving average at the epoch with the lowest character error rate on the \
            validation samples (the mean over the files), whose writers must not be in the training data.

            EXAMPLES:
              strand train ink --train words.jsonl.gz --validation valid.jsonl.gz \\
                -o ink.safetensors
              strand train ink --train words.jsonl.gz --train lines.jsonl.gz \\
                --validation words-valid.jsonl.gz --validation lines-valid.jsonl.gz \\
                --checkpoint run.safetensors --log run.jsonl -o ink.safetensors
              strand train ink --from ink.safetensors --rate 0.001 --epochs 5 \\
                --train mine.jsonl.gz --validation mine-valid.jsonl.gz -o mine.safetensors
            """)

    @Option(
        help: ArgumentHelp("Samples to learn from; may be given several times.", valueName: "file"), completion: .file()
    )
    var train: [String]

    @Option(
        help: ArgumentHelp("Samples to select the model on; may be given several times.", valueName: "file"),
        completion: .file())
    var validation: [String]

    @OptionGroup var destination: ModelDestination

    @Option(
        help: ArgumentHelp(
            "Start from this model, for example to get used to a hand: it brings its alphabet, sizes and features.",
            valueName: "file"), completion: .file())
    var from: String?

    @Option(
        help: ArgumentHelp(
            "The characters to be read (default: the 95 of printable ASCII).", valueName: "characters"))
    var alphabet: String?

    @Option(
        help: ArgumentHelp(
            "Length of a step along the ink, in sizes of the letters (default: \(InkEncoder().stepLength)).",
            valueName: "x"))
    var stepLength: Double?

    @Option(
        help: ArgumentHelp(
            "Steps of a frame, the network's timestep (default: \(InkEncoder().stepsPerFrame)).", valueName: "n"))
    var stepsPerFrame: Int?

    @Flag(help: "Make slanted writing upright.") var correctSlant = false

    @Flag(help: "Leave rising and falling lines as they are.") var keepBaseline = false

    @Option(help: ArgumentHelp("Multiplies all augmentation; 0: none. (default: 1.0)", valueName: "x"))
    var augmentation: Double?

    @Flag(
        help:
            "Also bend letters one by one, and show some samples as other tablets and pages have them: turned by up to 20 degrees, noisy, on a coarse grid, with points lost, with dots and bars written last."
    )
    var allTablets = false

    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Long work") var checkpoint: CheckpointOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        _ = try inkAlphabet(alphabet)
        if let stepLength, !InkEncoder.allowedLengths.contains(stepLength) {
            throw ValidationError("--step-length \(stepLength): give 0.01 to 10")
        }
        if let stepsPerFrame, !InkEncoder.allowedSteps.contains(stepsPerFrame) {
            throw ValidationError("--steps-per-frame \(stepsPerFrame): give 1 to 16")
        }
        if from != nil
            && (alphabet != nil || stepLength != nil || stepsPerFrame != nil || correctSlant || keepBaseline
                || training.namesShape)
        {
            throw ValidationError("--from: alphabet, steps, corrections and the network are those of the model")
        }
        if let augmentation, !(augmentation >= 0 && augmentation.isFinite) {
            throw ValidationError("--augmentation \(augmentation): give 0 or more")
        }
        if augmentation == 0 && allTablets {
            throw ValidationError("--all-tablets changes ink, --augmentation 0 forbids it")
        }
    }

    func run() throws {
        let kept = try checkpoint.open(
            reading: train + validation + (from.map { [$0] } ?? []), writing: destination.output
        ) { training.contradictions(to: $0.state) + contradictions(to: $0.recipe) }
        let observer = ConsoleObserver()
        let compute = try compute.makeTrainingCompute()
        var data = try InkTrainingData(train: train, validation: validation)
        let initial = try from.map { path throws(SafetensorsError) in try InkModel.hashed(path: path) }
        if let from, let initial { data.addInitialModel(from, sha256: initial.sha256) }
        let options = try options(from: initial?.model)
        let shape = training.shape(inputs: options.encoder.featureCount, labels: options.alphabet.labelCount)
        var run = try TrainingRun(
            data.descriptions, recipe: options, shape: shape, initial: initial?.model.network,
            options: training.options(.ink),
            files: checkpoint.files, resuming: kept
        ) { try data.task($0, observer: observer) }
        Interruption.watch()
        try run.train(on: compute, observer: observer, stop: Interruption.flag)
        var model = data.model(named: destination.modelName, from: run)
        let samples = data.validationSamples
        reportFit(on: model.calibrate(on: samples, compute: compute), of: samples)
        try destination.write(model.file)
    }

    private func contradictions(to kept: InkTraining.Options) -> [String?] {
        let isAsked = augmentation != nil || allTablets
        return [
            contradiction("--alphabet", alphabet, kept.alphabet.text),
            contradiction("--step-length", stepLength, kept.encoder.stepLength),
            contradiction("--steps-per-frame", stepsPerFrame, kept.encoder.stepsPerFrame),
            correctSlant && !kept.encoder.correctsSlant ? "--correct-slant (it does not)" : nil,
            keepBaseline && kept.encoder.correctsBaseline ? "--keep-baseline (it does not)" : nil,
            isAsked && inkAugmentation != kept.augmentation ? "--augmentation, --all-tablets (it has others)" : nil,
        ]
    }

    private var inkAugmentation: InkAugmentation {
        (allTablets ? .ofAllTablets : InkAugmentation()).scaled(by: augmentation ?? 1)
    }

    private func options(from model: InkModel?) throws -> InkTraining.Options {
        var options = InkTraining.Options()
        options.augmentation = inkAugmentation
        if let model {
            options.encoder = model.description.input
            options.alphabet = model.alphabet
        } else {
            options.encoder.stepLength = stepLength ?? options.encoder.stepLength
            options.encoder.stepsPerFrame = stepsPerFrame ?? options.encoder.stepsPerFrame
            options.encoder.correctsSlant = correctSlant
            options.encoder.correctsBaseline = !keepBaseline
            options.alphabet = try inkAlphabet(alphabet)
        }
        return options
    }
}
