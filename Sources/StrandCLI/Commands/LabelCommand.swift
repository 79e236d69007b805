import ArgumentParser
import Strand
import StrandFormats

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

    @Argument(help: ArgumentHelp("FASTA files, plain or gzip; '-' is standard input.", valueName: "file"))
    var files = ["-"]

    func validate() throws {
        if folder.outputDir != nil && !output.isStandardOutput {
            throw ValidationError("'--output' and '--output-dir' exclude each other: give one of them")
        }
        if folder.outputDir != nil && (pipeline.resume || pipeline.shard != .whole) {
            throw ValidationError("'--resume' and '--shard' are for one output, not for '--output-dir'")
        }
        let counts = format.stateCounts.map { String($0.rawValue) }
        if !counts.contains(String(states.rawValue)) {
            throw ValidationError(
                "'--format \(format.rawValue)' shows \(counts.joined(separator: " or ")) states: give "
                    + "'--states \(counts[0])', or another format")
        }
    }

    func run() throws {
        let loaded = try ProteinModel.load(model.model)
        Interruption.watch()
        let output = try LabelOutput(
            self.output.destination, folder, format: format, states: states.letters,
            identity: identity(of: loaded), resuming: pipeline.resume)
        var run = try LabelRun(
            labeller: ProteinLabeller(loaded), compute: compute.makeCompute(), states: states, format: format,
            output: output, pipeline: pipeline, rejects: pipeline.rejectPath(beside: self.output.destination))
        announceTyping(files, of: "FASTA")
        do {
            for file in files { try run.label(FASTAReader(ByteSource(argument: file), ungap: ungap)) }
        } catch let error as Interrupted {
            run.suspend()
            throw error
        }
        let manifest = try run.finish(
            RunManifest(
                verb: "label", model: loaded.description.name, modelSHA256: "", format: format.rawValue,
                states: states.rawValue, shard: pipeline.shard.description,
                output: folder.outputDir ?? self.output.output))
        try report(manifest)
        if manifest.rejected > 0 { throw RecordsRejected() }
    }

    /// What must be the same for one run to go on where another stopped.
    private func identity(of model: ProteinModel) throws(FormatError) -> String {
        var parts = ["strand \(strandVersion) label", "model \(model.description.name)"]
        if let path = self.model.model { parts.append(try SHA256.hexDigest(ofFile: path)) }
        parts += [
            "format \(format.rawValue)", "states \(states.rawValue)", "precision \(compute.precision.rawValue)",
            "shard \(pipeline.shard.description)", "on-error \(pipeline.onError.rawValue)", ungap ? "ungap" : "gaps",
        ]
        return (parts + files.map(FileState.description(of:))).joined(separator: ", ").replacing("\n", with: " ")
    }

    private func report(_ manifest: RunManifest) throws {
        if let path = pipeline.multiqc { try manifest.writeForMultiQC(to: path) }
        guard let path = pipeline.manifest else { return }
        var manifest = manifest
        manifest.modelSHA256 =
            try model.model.map { path throws(FormatError) in try SHA256.hexDigest(ofFile: path) }
            ?? ProteinModel.shippedSHA256
        try manifest.name(inputs: files)
        try manifest.write(to: path)
    }
}

extension PredictionFormat: ExpressibleByArgument {}
