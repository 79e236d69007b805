import ArgumentParser
import Strand

struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Labels the residues of FASTA records with their secondary structure.",
        discussion: """
            Records come out in the order they went in, with their headers as they came. Lower-case residues are read \
            as upper-case and written as they came; a '*' at the end is stripped, one inside is read as X; letters \
            other than the 20 amino acids are read as X. Of labelled FASTA the sequences are labelled anew. What was \
            changed is counted on standard error.

            Profiles make labels six to nine points more accurate. With --alignments the files are alignments (A3M, \
            A2M, aligned FASTA, Stockholm, Clustal), HMMs (.hhm, HMMER's .hmm) or tables of scores (PSI-BLAST, \
            MMseqs2), and the chain that each is of is labelled: the first row of an alignment, of HMMER's .hmm its \
            consensus. --profiles names such files for the \
            records of FASTA, by id. --search finds relatives with 'mmseqs', which must be installed, in a database of \
            its own or FASTA, such as UniRef50. A record without relatives is labelled alone. A model of features, \
            such as embeddings, takes them from --features.

            FORMATS:
              fasta      header, sequence, labels: three lines a record
              blocks     the same for reading, 60 residues a line
              tsv        a row a residue, with probabilities
              summary    a row a record: length, shares of labels, mean confidence
              jsonl      a JSON object a record, with probabilities
              ss2        PSIPRED's vertical format, '# >header' for each record (3 states)
              horiz      PSIPRED's horizontal format, the same (3 states)
              netsurfp   NetSurfP's CSV, with 3 and 8 states whatever --states says
              gff3       a feature for each helix, strand and turn; score: mean probability
              bed        an interval for each run of a state; score: that times 1,000
              stockholm  an alignment of one sequence for each record, labels as SS
              jalview    annotations to load onto the sequences in Jalview (3 states)
              jalview-features
                         features to load onto the sequences in Jalview

            EXAMPLES:
              strand label proteome.fasta.gz -o proteome.ss.gz
              strand label --states 8 --format tsv chains.fa > states.tsv
              strand label --format summary proteome.fasta.gz -o proteome.tsv
              strand label proteome.fasta.gz -o proteome.ss.gz --report proteome.html
              strand label --format ss2 --output-dir predictions chains.fa
              zcat chains.fa.gz | strand label --format jsonl -
              strand label --shard 2/8 -o part2.tsv.gz --format tsv uniref50.fasta.gz
              strand label --alignments *.a3m -o all.ss
              strand label --search uniref50 proteome.fasta.gz --format tsv -o all.tsv
              strand label --task disorder proteome.fasta.gz -o disorder.ssfa.gz
              strand label --resume --on-error skip --manifest run.json \\
                -o all.ss.gz all.fa.gz
            """)

    @Option(
        help: ArgumentHelp(
            "3: helix, strand, coil (sums of HGI, EB, TSC); 8: the states of DSSP (default: 3). Models with other labels show theirs.",
            valueName: "n"))
    var states: StateCount?

    @Option(help: ArgumentHelp("Format of the output: see above.", valueName: "name"))
    var format = PredictionFormat.fasta

    @Flag(help: "Remove the gaps '-' and '.' from sequences instead of refusing them.")
    var ungap = false

    @Flag(help: "The files are alignments or profiles: see above.")
    var alignments = false

    @Option(
        help: ArgumentHelp(
            "Search relatives of the records in this database of mmseqs, or FASTA file: see above.",
            valueName: "database"),
        completion: .file())
    var search: String?

    @Option(help: "Labels in colour on standard output: 'auto' heeds NO_COLOR, CLICOLOR_FORCE and the terminal.")
    var color = ColourChoice.auto

    @Option(
        help: ArgumentHelp(
            "Write a page to look at the chains as HTML, in one file: totals, charts, a table with a strip a chain.",
            valueName: "file"),
        completion: .file())
    var report: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var folder: FolderOutput

    @OptionGroup(title: "Long runs") var pipeline: PipelineOptions
    @OptionGroup var known: FeatureOptions
    @OptionGroup var model: ProteinModelOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp("FASTA files, plain or gzip; '-' is standard input.", valueName: "file"), completion: .file()
    )
    var files = ["-"]

    func validate() throws {
        _ = try pipeline.destination(output, folder)
        if alignments && !known.paths.isEmpty {
            throw ValidationError("'--alignments' has the profiles itself: leave out '--profiles' and '--features'")
        }
        if search != nil && (alignments || !known.paths.isEmpty) {
            throw ValidationError(
                "'--search' makes the profiles: leave out '--alignments', '--profiles' and '--features'")
        }
        if report != nil && pipeline.resume {
            throw ValidationError(
                "'--report' shows the chains of one run: it cannot be given with '--resume'; see 'strand view'")
        }
        if alignments && ungap { throw ValidationError("'--ungap' is for FASTA, not for '--alignments'") }
        let counts = format.stateCounts
        if let states, !counts.contains(states) {
            let shown = counts.map { "\($0.rawValue)" }
            throw ValidationError(
                "'--format \(format.rawValue)' shows \(shown.joined(separator: " or ")) states: give "
                    + "'--states \(shown[0])', or another format")
        }
    }

    func run() throws {
        let settings = pipeline.settings
        let destination = try pipeline.destination(self.output, folder)
        try settings.check(
            reading: files + [model.options.model, search] + known.paths, into: destination, and: [(report, "page")])
        // What brings profiles without naming them by id.
        let source = alignments ? "--alignments" : search == nil ? nil : "--search"
        let model = try model.load(profiles: source != nil || !known.profiles.isEmpty)
        if let source { try known.checkProfiles(of: model.model, for: source) }
        let features = source == nil ? try known.load(for: model.model) : nil
        let letters = try letters(of: model.model.labels)
        let workSettings = try workSettings
        let identity = settings.identity(
            of: "label", model: (model.model.description.name, model.fileSHA256), workSettings, files: files)
        if try settings.isDone(destination, identity: identity, files: files, others: [report]) { return }
        Interruption.watch()
        let maker = PredictionMaker(model: model.model.description.name, sha256: model.sha256)
        let output = try RecordOutput(
            destination,
            preamble: format.preamble(
                states: letters, showsDepth: model.labeller.beside == .profile, maker: maker),
            suffix: format.fileSuffix, identity: identity, settings)
        announceTyping(files, of: "FASTA")
        if !format.isMergeable { settings.shard.warnOfMerge(format.rawValue) }
        let paint: (@Sendable (ArraySlice<UInt8>) -> [UInt8])? =
            output.isStreamed && color.isOn ? LabelColours.paint : nil
        let (observer, compute) = (ConsoleObserver(isBesideOutput: output.isStreamed), try compute.makeCompute())
        var work = LabellingWork(
            labeller: model.labeller, compute: compute, states: shownStates, format: format, paint: paint,
            search: try search.map { try RelativeSearch(database: $0, threads: compute.threads, observer: observer) },
            maker: maker)
        var manifest = RunManifest(
            verb: "label", options: Array(CommandLine.arguments.dropFirst()), model: model.model.description.name,
            format: format.rawValue, states: letters.count, settings: workSettings, shard: settings.shard,
            output: destination, compute: work.compute)
        if settings.isHashing(beside: destination), !known.paths.isEmpty {
            manifest.features = try known.paths.map {
                RunManifest.Input(file: $0, sha256: try SHA256.hexDigest(ofFile: $0))
            }
        }
        if report != nil { work.page = ProteomePage(title: titleOfPage(of: files), maker: maker) }
        var done = try Pipeline.run(
            work, over: files, into: output, settings,
            meter: observer.meter(of: files, isHashing: settings.isHashing(beside: destination)),
            stop: Interruption.flag, observer: observer, manifest: &manifest,
            modelSHA256: maker.sha256
        ) {
            if alignments { return AnyReader(ProfiledSequences($0)) }
            let reader = DetectedReader(sequencesOf: $0, ungap: ungap)
            guard let features else { return AnyReader(reader) }
            return AnyReader(SequencesWithFeatures(reader, features))
        }
        if let report, let page = done.page?.finish() {
            try ByteWriter.write(page, to: ByteDestination(argument: report))
        }
        if let depths = done.depths {
            observer.message(depths.text)
            if depths.areAllAlone && !known.profiles.isEmpty {
                observer.message(
                    "warning: no record has the id of a profile with relatives: is '--profiles' of these chains?")
            }
        }
        if manifest.rejected > 0 { throw RecordsRejected() }
    }

    private var shownStates: StateCount { states ?? .three }

    /// The letters of the output.
    /// - Throws: `ValidationError` if options do not fit the labels.
    private func letters(of labels: LabelSet) throws -> [UInt8] {
        if labels.isDSSP { return shownStates.letters }
        if states != nil {
            throw ValidationError("'--states' is for the states of DSSP: this model has \(labels.text)")
        }
        if !format.showsAnyLabels {
            throw ValidationError(
                "'--format \(format.rawValue)' shows the states of DSSP: this model has \(labels.text)")
        }
        return labels.letters
    }

    /// What the output depends on besides model and input.
    private var workSettings: [String] {
        get throws {
            [
                "format \(format.rawValue)", "states \(shownStates.rawValue)", "precision \(try compute.arithmetic)",
                ungap ? "ungap" : "gaps",
            ] + (alignments ? ["alignments"] : []) + (search.map { ["search \(FileState.description(of: $0))"] } ?? [])
                + known.paths.map { "features \(FileState.description(of: $0))" }
        }
    }
}

extension PredictionFormat: ExpressibleByArgument {}
extension StateCount: ExpressibleByArgument {}
