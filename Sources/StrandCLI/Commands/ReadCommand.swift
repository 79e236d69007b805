import ArgumentParser
import Strand

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads handwriting: the text of each sample of ink.",
        discussion: """
            A sample is a word, a line or a page, which is read line by line. Texts come out in the order the samples \
            went in. Ink is read from Strand's JSON Lines, UNIPEN, InkML, IAM-OnDB, Xournal and Xournal++, Quick, Draw!, \
            UJIpenchars2, pages of reMarkable and Rnote, SVG, MyScript's JIIX, Omniglot, SVC and tables of pointer \
            events, told by content. Without options the text is that of the most probable path; a beam, a language model or a \
            lexicon searches among many.

            A sample that cannot be read can be left out ('--on-error skip') of JSON Lines and Quick, Draw!, where a \
            line is a sample, of UNIPEN where a segment names ink that is not there, and of Xournal++ a stroke; of \
            several files one that cannot be read. Shards of tsv and jsonl can be merged.

            EXAMPLES:
              strand read notes.jsonl.gz
              strand read --lm --format jsonl notes.jsonl.gz -o notes.text.jsonl
              strand read --beam 32 --n-best 5 --format tsv notes.jsonl.gz
              strand read --lexicon /usr/share/dict/words --plot notes.svg notes.jsonl.gz
              strand read --lm --format hocr -o notes.hocr notes.xopp
              strand read --lm --annotate notes-with-texts.xopp notes.xopp
              strand read --axes=x,-y tablet.csv
              strand read --resume --on-error skip --format tsv -o all.tsv.gz ink.jsonl.gz
            """)

    @Option(
        help: ArgumentHelp(
            """
            text: the text alone; tsv: id, rank, probability, text; jsonl: an object a sample, with the probability, \
            ink and time of every character; hocr, alto: pages with boxes of lines and words, for tools that search \
            scanned pages.
            """, valueName: "name"))
    var format = ReadingFormat.text

    @Option(name: .customLong("n-best"), help: ArgumentHelp("Texts a sample, for tsv and jsonl.", valueName: "n"))
    var alternatives = 1

    @OptionGroup var decoding: DecodingOptions

    @OptionGroup var axesOption: AxesOption

    @Option(
        help: ArgumentHelp("Draw the ink with each character beneath its strokes, as SVG.", valueName: "file"),
        completion: .file())
    var plot: String?

    @Option(
        help: ArgumentHelp(
            """
            Write the document, of Xournal++ or InkML, with its texts in it: a layer on each page, or annotations of the \
            traces.
            """, valueName: "file"), completion: .file())
    var annotate: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var folder: FolderOutput

    @OptionGroup(title: "Long runs") var pipeline: PipelineOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp("Files of ink, plain or gzip; '-' is standard input.", valueName: "file"),
        completion: .file())
    var files = ["-"]

    func validate() throws {
        if alternatives < 1 { throw ValidationError("--n-best \(alternatives): give 1 or more") }
        if alternatives > 1 && !format.showsAlternatives {
            throw ValidationError("--n-best needs --format tsv or jsonl")
        }
        if plot != nil && pipeline.resume {
            throw ValidationError("'--plot' shows the samples of one run: it cannot be given with '--resume'")
        }
        if annotate != nil {
            if files.count != 1 || files[0] == "-" { throw ValidationError("'--annotate' is for one file: give one") }
            if pipeline.resume || pipeline.shard != .whole || axesOption.axes != .usual {
                throw ValidationError(
                    "'--annotate' shows all of a document: leave out '--resume', '--shard' and '--axes'")
            }
        }
        _ = try pipeline.destination(output, folder)
    }

    func run() throws {
        let settings = pipeline.settings
        let destination = try pipeline.destination(self.output, folder)
        try settings.check(
            reading: files + [model.model, decoding.lmModel, decoding.lexicon], into: destination,
            and: [(plot, "drawing"), (annotate, "annotated document")])
        let document: InkAnnotation? = if annotate != nil { try InkAnnotation(path: files[0]) } else { nil }
        let (loaded, modelSHA256) = try load()
        var reader = InkReader(loaded)
        reader.decoder = try decoding.decoder(alternatives: alternatives, for: loaded.alphabet)
        let workSettings = try workSettings
        let identity = pipeline.settings.identity(
            of: "read", model: (loaded.description.name, modelSHA256), workSettings, files: files)
        if try settings.isDone(destination, identity: identity, files: files, others: [plot, annotate]) { return }
        Interruption.watch()
        let output = try RecordOutput(
            destination, preamble: format.preamble, closing: format.closing, suffix: format.fileSuffix,
            identity: identity, settings)
        announceTyping(files, of: "ink")
        if !format.isMergeable { settings.shard.warnOfMerge(format.rawValue) }
        let maker = PredictionMaker(
            model: loaded.description.name, sha256: modelSHA256 ?? InkModel.shippedSHA256)
        var work = InkReadingWork(
            reader: reader, compute: try compute.makeCompute(), format: format, maker: maker, isDrawn: plot != nil)
        work.axes = axesOption.axes
        if annotate != nil { work.kept = [] }
        var manifest = RunManifest(
            verb: "read", options: Array(CommandLine.arguments.dropFirst()), model: loaded.description.name,
            format: format.rawValue, decoding: decoding.summary, settings: workSettings,
            shard: settings.shard, output: destination, compute: work.compute)
        let observer = ConsoleObserver(isBesideOutput: output.isStreamed)
        work = try Pipeline.run(
            work, over: files, into: output, settings,
            meter: observer.meter(of: files, isHashing: settings.isHashing(beside: destination)),
            stop: Interruption.flag, observer: observer, manifest: &manifest,
            modelSHA256: maker.sha256
        ) {
            DetectedReader(inkOf: $0)
        }
        try draw(work.drawing)
        if let annotate, let readings = work.kept {
            try document?.write(readings, to: ByteDestination(argument: annotate))
        }
        if work.emptySamples > 0 {
            Terminal.message("\(counted(work.emptySamples, "sample")) without ink: read as empty text")
        }
        if let left = InkReading.Mark.summary(of: work.marks) { Terminal.message("left out of the text: \(left)") }
        if work.joinedStrokes > 0 {
            Terminal.message("joined \(counted(work.joinedStrokes, "stroke")) \(InkSample.joinReason)")
        }
        if let better = work.betterAxes {
            Terminal.message("warning: the ink seems to be \(better.manner): try '--axes=\(better.axes)'")
        }
        if manifest.rejected > 0 { throw RecordsRejected() }
    }

    private func draw(_ drawing: InkDrawing?) throws(FormatError) {
        guard let plot, let drawing else { return }
        try ByteWriter.write(drawing.svg, to: ByteDestination(argument: plot))
    }

    /// The model, with the hash of its file where that is not inside the program.
    private func load() throws -> (model: InkModel, sha256: String?) {
        guard let path = model.model else { return (.shipped, nil) }
        return try InkModel.hashed(path: path)
    }

    /// What the output depends on besides model and input.
    private var workSettings: [String] {
        get throws {
            [
                "format \(format.rawValue)", "n-best \(alternatives)", "precision \(try compute.arithmetic)",
                decoding.identity,
            ] + (axesOption.axes == .usual ? [] : ["axes \(axesOption.axes)"])
        }
    }
}

extension ReadingFormat: ExpressibleByArgument {}
