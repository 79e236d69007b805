import ArgumentParser
import Strand

struct TrainProteinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "protein",
        abstract: "Trains a model of secondary structure, or of other labels of residues, on labelled FASTA.",
        discussion: """
            Labelled FASTA has three lines a record: '>' and header, sequence, labels of DSSP (H G I E B T S C, '-' \
            where there is none). The weights kept are the moving average at the epoch with the best Q3 + Q8 on the \
            validation chains, which must not be in the training data nor near it. Labels may be any letters: then the \
            correlation of Matthews over all labels takes the place of Q3 + Q8.

            With --profiles the model sees profiles beside residues. They lie in other files, by id: alignments (A3M, \
            A2M, aligned FASTA, Stockholm, Clustal), HMMs (.hhm, HMMER's .hmm), tables of PSI-BLAST or MMseqs2, or \
            safetensors with a tensor (residues, 20) a chain, columns ACDEFGHIKLMNPQRSTVWY, or (residues, 21) with the \
            share of gaps. A chain without one is a chain without relatives. With --features it sees numbers of your own \
            instead, the output of a protein language model for instance, of which every chain must have some.

            EXAMPLES:
              strand train protein --train a.ssfa.gz --validation b.ssfa.gz \\
                -o m.safetensors
              strand train protein --train a.ssfa.gz --train-3state c.ssfa.gz \\
                --validation b.ssfa.gz --layers 3 --hidden 224 \\
                --checkpoint run.safetensors --log run.jsonl -o m.safetensors
              strand train protein --train a.ssfa.gz --validation b.ssfa.gz \\
                --checkpoint run.safetensors --resume -o m.safetensors
              strand train protein --train a.ssfa.gz --validation b.ssfa.gz \\
                --profiles a.profiles.safetensors --profiles b.profiles.safetensors \\
                --thinning 0.5 -o profile.safetensors
            """)

    @Option(
        help: ArgumentHelp("Chains with labels of eight states; may be given several times.", valueName: "file"),
        completion: .file())
    var train: [String]

    @Option(
        help: ArgumentHelp(
            "Letters of the labels, such as DO (default: told by the files; DSSP's eight where most labels are among them).",
            valueName: "letters"))
    var labels: String?

    @Option(
        name: .customLong("train-3state"),
        help: ArgumentHelp(
            "Further chains, with labels of three states H, E, C: each counts as any of the states reduced to it.",
            valueName: "file"), completion: .file())
    var trainThreeState: [String] = []

    @Option(help: ArgumentHelp("Chains to select the model on.", valueName: "file"), completion: .file())
    var validation: String

    @OptionGroup var destination: ModelDestination

    private static let defaults = ProteinTraining.Options()

    @Option(
        help: ArgumentHelp(
            "Probability that a residue is shown as unknown. (default: \(defaults.residueDropout))", valueName: "p"))
    var residueDropout: Double?

    @OptionGroup var known: FeatureOptions

    @Option(
        help: ArgumentHelp(
            "Probability that a profile is thinned to that of a few relatives, so that shallow ones are learnt too. (default: \(defaults.thinning))",
            valueName: "p"))
    var thinning: Double?

    @Option(
        help: ArgumentHelp(
            "Model whose probabilities are soft targets (distillation); may be given several times: then their mean.",
            valueName: "file"), completion: .file())
    var teacher: [String] = []

    @Option(
        help: ArgumentHelp(
            "Share of the target that is soft: as the teachers say, or, without any, spread evenly over all labels. (default: \(defaults.softShare))",
            valueName: "p"))
    var softShare: Double?

    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Long work") var checkpoint: CheckpointOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        if let residueDropout, !(0..<1).contains(residueDropout) {
            throw ValidationError("--residue-dropout \(residueDropout): give 0 to below 1")
        }
        if let labels, LabelSet(labels) == nil {
            throw ValidationError("--labels \(labels): give 2 to 32 different letters, no '-' or '>'")
        }
        if let labels, LabelSet(labels) != .dssp, !trainThreeState.isEmpty {
            throw ValidationError("--train-3state: three states are reduced from DSSP's eight")
        }
        if let softShare, !(0...1).contains(softShare) {
            throw ValidationError("--soft-share \(softShare): give 0 to 1")
        }
        if let thinning, !(0...1).contains(thinning) { throw ValidationError("--thinning \(thinning): give 0 to 1") }
        if thinning != nil && known.profiles.isEmpty { throw ValidationError("--thinning is of --profiles: give both") }
        if !teacher.isEmpty && softShare ?? Self.defaults.softShare == 0 {
            throw ValidationError("--teacher needs a --soft-share above 0")
        }
    }

    func run() throws {
        let kept = try checkpoint.open(
            reading: train + trainThreeState + [validation] + teacher + known.paths, writing: destination.output
        ) { (kept: TrainingCheckpoint<ProteinTraining.Options>) in
            training.contradictions(to: kept.state) + [
                contradiction("--residue-dropout", residueDropout, kept.recipe.residueDropout),
                contradiction("--soft-share", softShare, kept.recipe.softShare),
                contradiction("--thinning", thinning, kept.recipe.thinning),
            ]
        }
        let compute = try compute.makeCompute()
        let data = try ProteinTrainingData(
            train: train, labels: labels.flatMap(LabelSet.init), threeState: trainThreeState, validation: validation,
            teachers: teacher, features: known.load())
        let observer = ConsoleObserver()
        data.report(to: observer)
        var options = Self.defaults
        options.residueDropout = residueDropout ?? options.residueDropout
        options.softShare = softShare ?? options.softShare
        options.thinning = thinning ?? options.thinning
        let shape = training.shape(inputs: data.encoder.featureCount, labels: data.labels.count)
        let taught = data.teach(on: compute, observer: observer)
        var run = try TrainingRun(
            data.descriptions, recipe: options, shape: shape, options: training.options(.proteins),
            files: checkpoint.files, resuming: kept
        ) { data.task($0, taught: taught) }
        Interruption.watch()
        try run.train(on: compute, observer: observer, stop: Interruption.flag)
        var model = data.model(named: destination.modelName, from: run)
        model.calibrate(on: data.validation.records, compute: compute)
        try destination.write(model.file)
    }
}
