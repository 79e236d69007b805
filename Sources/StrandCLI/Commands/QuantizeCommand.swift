import ArgumentParser
import Strand

struct QuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Stores a model's weights in 8 bits: a quarter of the file, the same labels.",
        discussion: """
            Weights between units become whole numbers with a scale for each output. With '--precision int8', which \
            'label', 'read' and 'evaluate' use where nothing else is said, any model is rounded so when it is loaded: \
            the file written here gives the same bytes. What the rounding costs is measured on labelled data that the \
            model was not trained on; if it is more than --most-loss, nothing is written.

            EXAMPLES:
              strand quantize --model mine.safetensors valid.ssfa.gz -o small.safetensors
              strand quantize --model ink.safetensors words.jsonl.gz -o small.safetensors
            """)

    @Option(help: ArgumentHelp("The model.", valueName: "file"), completion: .file())
    var model: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("Where the small model goes.", valueName: "file"),
        completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "The most that Q3, Q8 or another accuracy may fall, or CER rise, in percentage points.", valueName: "x"))
    var mostLoss = 0.1

    @OptionGroup var known: FeatureOptions
    @OptionGroup var threads: ThreadOptions

    @Argument(
        help: ArgumentHelp("Chains with labels, or ink with texts, plain or gzip.", valueName: "file"),
        completion: .file())
    var files: [String]

    func validate() throws {
        if !(mostLoss >= 0) { throw ValidationError("--most-loss \(mostLoss): give 0 or more") }
    }

    func run() throws {
        // The model may be replaced: it is read before.
        try RunFiles.check(reading: files + known.paths, writing: [(output, "output")])
        let observer = ConsoleObserver()
        var file = try ModelFile(Safetensors(path: model), file: model)
        let cost: QuantisationCost
        switch file {
        case .protein(let model):
            let records = try LabelledData.chains(
                toMeasure: model, files, features: known.load(for: model), meter: observer.meter(of: files))
            let stopwatch = Stopwatch()
            cost = QuantisationCost(of: model, on: records, threads: threads.count) { labelled in
                observer.progress(stopwatch.progress(labelled, of: 2 * records.count, "chain"))
            }
        case .ink(let model):
            try refuse(known.given, because: "it is for chains")
            let samples = try InkData.samplesWithText(files, meter: observer.meter(of: files), observer: observer)
            cost = QuantisationCost(of: model, on: samples, threads: threads.count)
        case .text:
            throw SafetensorsError(file: model, .wrongKind(expected: "protein or ink", found: ModelTask.text.rawValue))
        }
        observer.done()
        let figures = cost.figures.map(\.text).joined(separator: ", ")
        observer.message("\(figures); \(fixed(100 * cost.agreement, 2)) % stay the same")
        if let worst = cost.worst, 100 * worst.loss > mostLoss {
            throw FormatError(
                file: model, problem: .run(.quantisationLoses(worst.name, points: 100 * worst.loss, most: mostLoss)))
        }
        let bytes = FileState.size(of: .file(model))
        file.quantise()
        try file.contents.write(to: output)
        Terminal.message("wrote \(output)" + sizes(bytes, FileState.size(of: .file(output))))
    }

    private func sizes(_ before: Int?, _ after: Int?) -> String {
        guard let before, let after else { return "" }
        return ": \(grouped(after)) bytes, of \(grouped(before))"
    }
}
