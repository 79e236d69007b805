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

            With --train-soft it also learns from chains that others have labelled, as many as there are: safetensors \
            with tensors residues U8 (N), the sequences one after another in ASCII, offsets I64 (chains + 1) of their \
            first residues and the end, and probabilities U8 (N, K), in parts of their sum; metadata 'labels' names the \
            K labels. hints U8 (N, F) may be there, numbers z that the teacher computes for a residue, as 128 + 32 z: \
            with --hint-weight they are learned beside the labels, and left out of the model. An epoch goes through the labelled chains and on through these.

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
              strand train protein --train a.ssfa.gz --validation b.ssfa.gz \\
                --train-soft labels/ --labelled-share 0.1 -o student.safetensors
              strand train protein --from student.safetensors --rate 0.0005 --epochs 3 \\
                --train a.ssfa.gz --validation b.ssfa.gz -o tuned.safetensors
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

    @Option(
        help: ArgumentHelp(
            "Further chains, with probabilities of labels: a file, or a folder of some; may be given several times.",
            valueName: "path"), completion: .file())
    var trainSoft: [String] = []

    @Option(
        help: ArgumentHelp(
            "With --train-soft, the share of an epoch's residues that is of the labelled chains. (default: 0.2)",
            valueName: "p"))
    var labelledShare: Double?

    @Option(
        help: ArgumentHelp(
            "With --train-soft whose files have hints, the weight of their squared error beside the labels' cross-entropy. (default: 0, not learned)",
            valueName: "w"))
    var hintWeight: Double?

    @Option(
        help: ArgumentHelp(
            "Start from this model, for example to fine-tune it: it brings its sizes.", valueName: "file"),
        completion: .file())
    var from: String?

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
        if let labelledShare, !(labelledShare >= 0.001 && labelledShare < 1) {
            throw ValidationError("--labelled-share \(labelledShare): give 0.001 to below 1")
        }
        if labelledShare != nil && trainSoft.isEmpty {
            throw ValidationError("--labelled-share is of --train-soft: give both")
        }
        if let hintWeight, !(hintWeight >= 0 && hintWeight <= 100) {
            throw ValidationError("--hint-weight \(hintWeight): give 0 to 100")
        }
        if hintWeight != nil && trainSoft.isEmpty {
            throw ValidationError("--hint-weight is of --train-soft: give both")
        }
        if from != nil && training.namesShape { throw ValidationError("--from: the network is that of the model") }
    }

    func run() throws {
        let kept = try checkpoint.open(
            reading: train + trainThreeState + [validation] + teacher + trainSoft + (from.map { [$0] } ?? [])
                + known.paths,
            writing: destination.output
        ) { (kept: TrainingCheckpoint<ProteinTraining.Options>) in
            training.contradictions(to: kept.state) + [
                contradiction("--residue-dropout", residueDropout, kept.recipe.residueDropout),
                contradiction("--soft-share", softShare, kept.recipe.softShare),
                contradiction("--thinning", thinning, kept.recipe.thinning),
                contradiction("--labelled-share", labelledShare, kept.recipe.labelledShare),
                contradiction("--hint-weight", hintWeight, kept.recipe.hintWeight),
            ]
        }
        let compute = try compute.makeTrainingCompute()
        let data = try ProteinTrainingData(
            train: train, labels: labels.flatMap(LabelSet.init), threeState: trainThreeState, validation: validation,
            teachers: teacher, softLabels: trainSoft, initial: from, features: known.load())
        let observer = ConsoleObserver()
        data.report(to: observer)
        var options = Self.defaults
        options.residueDropout = residueDropout ?? options.residueDropout
        options.softShare = softShare ?? options.softShare
        options.thinning = thinning ?? options.thinning
        options.labelledShare = labelledShare ?? (trainSoft.isEmpty ? 1 : 0.2)
        options.hintWeight = hintWeight ?? options.hintWeight
        if options.hintWeight > 0 && data.hintCount == 0 {
            throw ValidationError("--hint-weight: the files of --train-soft have no hints")
        }
        let outputs = data.labels.count + (options.hintWeight > 0 ? data.hintCount : 0)
        let shape = training.shape(inputs: data.encoder.featureCount, labels: outputs)
        let taught = data.teach(on: compute, observer: observer)
        var run = try TrainingRun(
            data.descriptions, recipe: options, shape: shape, initial: data.initial?.withLabels(outputs),
            options: training.options(.proteins),
            files: checkpoint.files, resuming: kept
        ) { data.task($0, taught: taught) }
        Interruption.watch()
        try run.train(on: compute, observer: observer, stop: Interruption.flag)
        var model = data.model(named: destination.modelName, from: run)
        model.calibrate(on: data.validation.records, compute: compute)
        try destination.write(model.file)
    }
}
