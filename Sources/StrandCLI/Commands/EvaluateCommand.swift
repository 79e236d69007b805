import ArgumentParser
import Strand

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a model: Q3, Q8, SOV on chains with labels, CER and WER on ink.",
        discussion: """
            What the files hold, which must all be of one kind, is seen from their content.

            Proteins: residues labelled '-' are shown to the model and count for nothing. Three states are the sums \
            of the eight states' probabilities and are compared with the labels reduced by HGI/EB. Intervals are \
            95 % percentile intervals of a bootstrap over chains (10,000 resamples, fixed seed).

            A model that sees profiles takes them from --profiles, by id, in any form that 'train protein' reads; a \
            chain without one is measured alone; features of your own come from --features. Neff, exp of the mean entropy of the profile, stands beside the figures.

            With --train-set, chains that are near a training chain are counted ('strand audit' lists them), and the \
            figures without them stand beside the others.

            Ink: CER = (S + D + I) / characters over grapheme clusters of all samples together, case and punctuation \
            kept; WER over words between white space. Samples without a text are left out and counted. Intervals are over \
            writers, where there are none over texts.

            EXAMPLES:
              strand evaluate cb513.ssfa.gz ts115.ssfa.gz
              strand evaluate --model mine.safetensors --json figures.json valid.ssfa.gz
              strand evaluate --markdown *.ssfa.gz
              strand evaluate --report report.html cb513.ssfa.gz
              strand evaluate --train-set train.ssfa.gz cb513.ssfa.gz
              strand evaluate --labels 3 chains.q3.ssfa.gz
              strand evaluate words.jsonl.gz
              strand evaluate --lm lines.jsonl.gz
            """)

    @Option(
        help: ArgumentHelp(
            """
            States of the labels in the files: 8 (of DSSP) or 3 (H, E, C; then only Q3 is measured; default: 3 where \
            there are no others).
            """, valueName: "n"))
    var labels: StateCount?

    @Option(
        help: ArgumentHelp(
            "How the true states become three: HGI/EB (default), H/E (the strictest), or jpred (H/EB).",
            valueName: "name"))
    var reduction: ReductionOption?

    @OptionGroup var reporting: ReportOptions

    @OptionGroup var known: FeatureOptions

    @OptionGroup var model: ProteinModelOptions

    @OptionGroup(title: "Leak audit (proteins)") var audit: AuditOptions
    @OptionGroup(title: "Ink") var decoding: DecodingOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp(
            "Chains with labels in any format that 'score' reads, or ink, plain or gzip; '-' is standard input.",
            valueName: "file"),
        completion: .file())
    var files: [String]

    func run() throws {
        let further = [model.options.model, decoding.lmModel, decoding.lexicon]
        try reporting.check(reading: files + audit.trainSet + further + known.paths)
        var detected: [DetectedFile] = []
        let observer = ConsoleObserver()
        let meter = observer.meter(of: files)
        for path in files { detected.append(try DetectedFile(path, meter: meter)) }
        if let model = detected.first(where: { $0.kind == .model }) {
            throw model.isNot("a truth, chains with labels or ink with texts,")
        }
        let inkFiles = detected.count { $0.kind == .ink }
        if inkFiles > 0 && inkFiles < files.count {
            throw ValidationError("ink and proteins cannot be measured in one go: give files of one kind")
        }
        try inkFiles > 0 ? evaluateInk(detected, observer) : evaluateProteins(detected, observer)
    }

    /// The options for chains alone that are given.
    private var ofStructure: GivenOptions { ["--labels": labels != nil, "--reduction": reduction != nil] }

    private func evaluateProteins(_ files: [DetectedFile], _ observer: ConsoleObserver) throws {
        try refuse(decoding.given, because: "it is for ink")
        if audit.trainSet.isEmpty { try refuse(audit.given, because: "there is no '--train-set'") }
        let compute = try compute.makeCompute()
        let loaded = try model.load(profiles: !known.profiles.isEmpty)
        let model = loaded.model
        if !model.labels.isDSSP {
            try refuse(ofStructure, because: "the model has the labels \(model.labels.text)")
        }
        let features = try known.load(for: model)
        let audit = audit.trainSet.isEmpty ? nil : try audit.makeRun(on: compute, observer: observer)
        var run = ProteinEvaluationRun(
            loaded.labeller, named: model.description.name, labels: labels, reduction: (reduction ?? .hgiEB).reduction,
            audit: audit, on: compute,
            observer: observer)
        let letters = model.labels.isDSSP ? (labels ?? .eight).letters : model.labels.letters
        for file in files {
            var data = try LabelledData(path: file.path, file.bytes(), states: letters)
            if let features { try data.add(features) }
            try run.evaluate(data)
        }
        try reporting.show(run.reports) {
            .proteins(run.reports, strips: run.strips, subtitle: "Model \(model.description.name).")
        }
    }

    private func evaluateInk(_ files: [DetectedFile], _ observer: ConsoleObserver) throws {
        try refuse(ofStructure, because: "it is for chains")
        try refuse(["--task": model.task != nil], because: "it names models of proteins")
        try refuse(audit.given, because: "it is for chains")
        try refuse(known.given, because: "it is for chains")
        let model = try InkModel.load(model.options.model, or: .shipped)
        var run = try InkEvaluationRun(
            model, decoding.decoder(for: model.alphabet), decoding: decoding.summary, on: compute.makeCompute(),
            observer: observer)
        for file in files { try run.evaluate(InkData(path: file.path, file.bytes())) }
        try reporting.show(run.reports) { .ink(run.reports, samples: run.worst, subtitle: "Read by \(run.name).") }
    }
}
