import ArgumentParser
import Strand

struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Fits a model's temperature, so that its probabilities can be believed.",
        discussion: """
            Logits are divided by the temperature (Guo et al. 2017). It is fitted on labelled data that the model was \
            not trained on and is written into the model, where 'label' and 'read' find it; no most probable label \
            changes by it. 'train' fits it on the validation data already: this is for other data, such as chains of \
            your own organism or writers of your own. The weights stay as they are.

            EXAMPLES:
              strand calibrate --model mine.safetensors valid.ssfa.gz -o mine.safetensors
              strand calibrate --model ink.safetensors -o ink.safetensors words.jsonl.gz
            """)

    @Option(help: ArgumentHelp("The model.", valueName: "file"), completion: .file())
    var model: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("Where the calibrated model goes.", valueName: "file"),
        completion: .file())
    var output: String

    @OptionGroup var known: FeatureOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp("Labelled FASTA (eight states) or ink, plain or gzip.", valueName: "file"),
        completion: .file())
    var files: [String]

    func run() throws {
        // The model may be replaced: it is read before.
        try RunFiles.check(reading: files + known.paths, writing: [(output, "output")])
        let (compute, observer) = (try compute.makeCompute(), ConsoleObserver())
        switch try ModelFile(Safetensors(path: model), file: model) {
        case .protein(var model):
            let before = model.description.temperature
            let (records, stopwatch) = (
                try LabelledData.chains(
                    toMeasure: model, files, features: known.load(for: model), meter: observer.meter(of: files)),
                Stopwatch()
            )
            model.calibrate(on: records, compute: compute) { labelled in
                observer.progress(stopwatch.progress(labelled, of: records.count, "chain"))
            }
            observer.done()
            try write(model.file, before, model.description.temperature)
        case .ink(var model):
            try refuse(known.given, because: "it is for chains")
            let before = model.description.temperature
            let samples = try InkData.samplesWithText(files, meter: observer.meter(of: files), observer: observer)
            observer.done()
            let fitted = model.calibrate(on: samples, compute: compute)
            if fitted == 0 {
                throw FormatError(file: files[0], problem: .ink(.nothingUsable(to: "fit the temperature on")))
            }
            reportFit(on: fitted, of: samples)
            try write(model.file, before, model.description.temperature)
        case .text:
            throw SafetensorsError(file: model, .wrongKind(expected: "protein or ink", found: ModelTask.text.rawValue))
        }
    }

    private func write(_ file: Safetensors, _ before: Double, _ after: Double) throws(SafetensorsError) {
        try file.write(to: output)
        Terminal.message("temperature \(fixed(before, 3)) -> \(fixed(after, 3)); wrote \(output)")
        if TemperatureScaling.isAtAnEnd(after) {
            Terminal.message("warning: the temperature is at an end of the range: does the model know such data?")
        }
    }
}

/// Says how many samples could not be used for a temperature.
func reportFit(on fitted: Int, of samples: [InkSample]) {
    guard fitted < samples.count else { return }
    Terminal.message(
        "temperature fitted on \(grouped(fitted)) of \(counted(samples.count, "sample")): the others have no text that "
            + "the model can write, or too little ink for it")
}
