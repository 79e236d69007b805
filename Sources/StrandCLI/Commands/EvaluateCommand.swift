import ArgumentParser
import FoundationEssentials
import Strand
import StrandFormats
import StrandMetrics
import StrandNetwork

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a model: Q3 and Q8 on labelled FASTA, CER and WER on ink.",
        discussion: """
            What the files hold, which must all be of one kind, is seen from their content.

            Proteins: residues labelled '-' are shown to the model and count for nothing. Three states are the sums \
            of the eight states' probabilities and are compared with the labels reduced by HGI/EB. Intervals are \
            95 % percentile intervals of a bootstrap over chains (10,000 resamples, fixed seed).

            Ink: CER = (S + D + I) / characters over grapheme clusters of all samples together, case and punctuation \
            kept; WER over words between white space. No sample is left out. Intervals are over writers.

            EXAMPLES:
              strand evaluate cb513.ssfa.gz ts115.ssfa.gz
              strand evaluate --model mine.safetensors --json figures.json valid.ssfa.gz
              strand evaluate --markdown *.ssfa.gz
              strand evaluate --report report.html cb513.ssfa.gz
              strand evaluate --labels 3 chains.q3.ssfa.gz
              strand evaluate words.jsonl.gz
              strand evaluate --lm lines.jsonl.gz
            """)

    @Option(
        help: ArgumentHelp(
            "States of the labels in the files: 8 (of DSSP) or 3 (H, E, C; then only Q3 is measured).", valueName: "n"))
    var labels = LabelCommand.States.eight

    @Option(
        help: ArgumentHelp(
            "How the true states become three: HGI/EB, H/E (the strictest), or jpred (H/EB).", valueName: "name"))
    var reduction = ReductionOption.hgiEB

    @OptionGroup var reporting: ReportOptions

    @OptionGroup var model: ModelOptions

    @OptionGroup(title: "Ink") var decoding: DecodingOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(help: ArgumentHelp("Labelled FASTA or ink, plain or gzip; '-' is labelled FASTA.", valueName: "file"))
    var files: [String]

    func run() throws {
        var inkFiles = 0
        for file in files where try file != "-" && FileKind(of: file) == .ink { inkFiles += 1 }
        if inkFiles > 0 && inkFiles < files.count {
            throw ValidationError("ink and proteins cannot be measured in one go: give files of one kind")
        }
        try inkFiles > 0 ? evaluateInk() : evaluateProteins()
    }

    private func evaluateProteins() throws {
        let model = try ProteinModel.load(model.model)
        let compute = try compute.makeCompute()
        let labeller = ProteinLabeller(model)
        var reports: [ProteinReport] = []
        var strips: [[ChainStrip]] = []
        for file in files {
            let data = try LabelledData(path: file, states: labels.letters)
            let predictions = labeller.label(data.records.map(\.sequence), on: compute)
            var evaluation = ProteinEvaluation(reduction: reduction.reduction)
            for (record, predicted) in zip(data.records, predictions) { evaluation.add(record.labels, predicted) }
            guard evaluation.residueCount > 0 else {
                throw FormatError(file: file, problem: .noLabels)
            }
            reports.append(
                ProteinReport(
                    evaluation, file: data.name, model: model.description.name, hasEightStates: labels == .eight))
            strips.append(
                ChainStrip.worst(evaluation.threeState.chains).map { place in
                    ChainStrip(
                        id: data.records[place].id, sequence: data.records[place].sequence,
                        truth: evaluation.reduction.reduce(data.records[place].labels),
                        predicted: predictions[place].reduced(by: evaluation.reduction).labels,
                        evaluation: evaluation.threeState.chains[place])
                })
            if !data.repairs.isEmpty { Terminal.message("\(data.name): repaired: \(data.repairs)") }
        }
        try reporting.show(reports) {
            .proteins(reports, strips: strips, subtitle: "Model \(model.description.name).")
        }
    }

    private func evaluateInk() throws {
        let model = try InkModel.load(model.model)
        let compute = try compute.makeCompute()
        var reader = InkReader(model)
        reader.decoder = try decoding.decoder()
        let name = "model \(model.description.name), \(decoding.summary)"
        var reports: [TextReport] = []
        var worst: [[ReadSample]] = []
        for file in files {
            let data = try InkData(path: file)
            let foreign = data.samples.count { model.alphabet.labels(of: $0.text ?? "") == nil }
            if foreign > 0 {
                Terminal.message(
                    "\(data.name): \(counted(foreign, "sample")) with characters the model cannot read: errors")
            }
            guard data.samples.contains(where: { $0.text?.isEmpty == false }) else {
                throw FormatError(file: file, problem: .noText)
            }
            let readings = reader.read(data.samples.map(\.strokes), on: compute)
            let rates = ErrorRates(of: readings, on: data.samples)
            reports.append(
                TextReport(file: data.name, reader: name, rates, probabilities: readings.map(\.probability)))
            worst.append(
                ReadSample.worst(rates.samples).map {
                    ReadSample(sample: data.samples[$0], reading: readings[$0], errors: rates.samples[$0])
                })
        }
        try reporting.show(reports) { .ink(reports, samples: worst, subtitle: "Read by \(name).") }
    }
}
