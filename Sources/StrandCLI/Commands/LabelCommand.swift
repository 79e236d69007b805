import ArgumentParser
import Strand

struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Labels the residues of FASTA records with their secondary structure.",
        discussion: """
            Records come out in the order they went in, with their headers as they came. Lower-case residues are read \
            as upper-case and written as they came; a '*' at the end is stripped, one inside is read as X; letters \
            other than the 20 amino acids are read as X. What was changed is counted on standard error.

            FORMATS:
              fasta      header, sequence, labels: three lines a record
              blocks     the same for reading, 60 residues a line
              tsv        a row a residue, with probabilities
              jsonl      a JSON object a record, with probabilities
              ss2        PSIPRED's vertical format, '# >header' for each record (3 states)
              horiz      PSIPRED's horizontal format, the same (3 states)
              netsurfp   NetSurfP's CSV, with 3 and 8 states whatever --states says
              gff3       a feature for each helix, strand and turn
              bed        an interval for each run of a state
              stockholm  an alignment of one sequence for each record, labels as SS
              jalview    annotations to load onto the sequences in Jalview (3 states)

            EXAMPLES:
              strand label proteome.fasta.gz -o proteome.ss.gz
              strand label --states 8 --format tsv chains.fa > states.tsv
              strand label --format ss2 --output-dir predictions chains.fa
              zcat chains.fa.gz | strand label --format jsonl -
              strand label --shard 2/8 -o part2.tsv.gz --format tsv uniref50.fasta.gz
              strand label --resume --on-error skip --manifest run.json -o all.ss.gz all.fa.gz
            """)

    /// How many states are told apart.
    enum States: Int, ExpressibleByArgument, CaseIterable {
        case three = 3
        case eight = 8
    }

    @Option(
        help: ArgumentHelp(
            "3: helix, strand, coil (sums of HGI, EB, TSC); 8: the states of DSSP.", valueName: "n"))
    var states = States.three

    @Option(help: ArgumentHelp("Format of the output: see above.", valueName: "name"))
    var format = PredictionFormat.fasta

    @Flag(help: "Remove the gaps '-' and '.' from sequences instead of refusing them.")
    var ungap = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var folder: FolderOutput

    @OptionGroup(title: "Long runs") var pipeline: PipelineOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp("FASTA files, plain or gzip; '-' is standard input.", valueName: "file"), completion: .file()
    )
    var files = ["-"]

    func validate() throws {
        try pipeline.check(output, folder)
        let counts = format.stateCounts.map { String($0.rawValue) }
        if !counts.contains(String(states.rawValue)) {
            throw ValidationError(
                "'--format \(format.rawValue)' shows \(counts.joined(separator: " or ")) states: give "
                    + "'--states \(counts[0])', or another format")
        }
    }

    func run() throws {
        let loaded = try ProteinModel.load(model.model)
        let modelSHA256 = try model.model.map { path throws(FormatError) in try SHA256.hexDigest(ofFile: path) }
        Interruption.watch()
        let output = try RecordOutput(
            self.output.destination, folder, preamble: format.preamble(states: states.letters),
            suffix: format.fileSuffix, identity: identity(of: loaded, modelSHA256), resuming: pipeline.resume)
        announceTyping(files, of: "FASTA")
        let work = LabellingWork(
            labeller: ProteinLabeller(loaded), compute: try compute.makeCompute(), states: states, format: format,
            isPainted: output.isStreamed && Terminal.showsColours)
        var manifest = RunManifest(
            verb: "label", model: loaded.description.name, format: format.rawValue, states: states.rawValue,
            shard: pipeline.shard.description, output: folder.outputDir ?? self.output.output)
        _ = try pipeline.run(
            work, over: files, into: output, at: self.output.destination, &manifest,
            modelSHA256: modelSHA256 ?? ProteinModel.shippedSHA256
        ) {
            FASTAReader($0, ungap: ungap)
        }
        if manifest.rejected > 0 { throw RecordsRejected() }
    }

    private func identity(of model: ProteinModel, _ sha256: String?) -> String {
        pipeline.identity(
            of: "label", model: (model.description.name, sha256),
            [
                "format \(format.rawValue)", "states \(states.rawValue)", "precision \(compute.precision.rawValue)",
                ungap ? "ungap" : "gaps",
            ], files: files)
    }
}

extension PredictionFormat: ExpressibleByArgument {}
