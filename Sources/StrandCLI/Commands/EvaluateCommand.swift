import ArgumentParser
import FoundationEssentials
import Strand
import StrandFormats
import StrandMetrics
import StrandNetwork

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a model on labelled FASTA: Q3, Q8, precision and recall of every state.",
        discussion: """
            Residues labelled '-' are shown to the model and count for nothing. Three states are the sums of the \
            eight states' probabilities and are compared with the labels reduced by HGI/EB. Intervals are 95 % \
            percentile intervals of a bootstrap over chains (10,000 resamples, fixed seed).

            EXAMPLES:
              strand evaluate cb513.ssfa.gz ts115.ssfa.gz
              strand evaluate --model mine.safetensors --json figures.json valid.ssfa.gz
              strand evaluate --markdown *.ssfa.gz
              strand evaluate --labels 3 chains.q3.ssfa.gz
            """)

    @Option(
        help: ArgumentHelp(
            "States of the labels in the files: 8 (of DSSP) or 3 (H, E, C; then only Q3 is measured).", valueName: "n"))
    var labels = LabelCommand.States.eight

    @Option(help: ArgumentHelp("Write the figures as JSON; '-' is standard output.", valueName: "file"))
    var json: String?

    @Flag(help: "Print a Markdown table, a row a file, instead of all figures.")
    var markdown = false

    @OptionGroup var model: ModelOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(help: ArgumentHelp("Labelled FASTA, plain or gzip; '-' is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let model = try model.load()
        let compute = try compute.makeCompute()
        let labeller = ProteinLabeller(model)
        var reports: [EvaluationReport] = []
        for file in files {
            let data = try LabelledData(path: file, states: labels.letters)
            let evaluation = ProteinEvaluation(of: labeller, on: data.records, compute: compute)
            guard evaluation.residueCount > 0 else {
                throw FormatError(file: file, problem: .noLabels)
            }
            let report = EvaluationReport(
                data, evaluation, model: model.description.name, hasEightStates: labels == .eight)
            reports.append(report)
            if json != "-" && !markdown { print(report.table) }
            if !data.repairs.isEmpty { Terminal.message("\(data.name): repaired: \(data.repairs)") }
        }
        if markdown { print(EvaluationReport.markdown(reports)) }
        if let json { try write(reports, to: json) }
    }

    private func write(_ reports: [EvaluationReport], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var writer = try ByteWriter(ByteDestination(argument: path))
        try writer.write(Array(try encoder.encode(reports)) + [UInt8(ascii: "\n")])
        try writer.finish()
    }
}
