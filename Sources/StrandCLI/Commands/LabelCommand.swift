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

            EXAMPLES:
              strand label proteome.fasta.gz -o proteome.ss.gz
              strand label --states 8 --format tsv chains.fa > states.tsv
              zcat chains.fa.gz | strand label --format jsonl -
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

    @Option(
        help: ArgumentHelp(
            """
            fasta: header, sequence, labels; blocks: the same for reading; tsv: a row a residue with probabilities; \
            jsonl: an object a record with probabilities.
            """, valueName: "name"))
    var format = PredictionFormat.fasta

    @Flag(help: "Remove the gaps '-' and '.' from sequences instead of refusing them.")
    var ungap = false

    @OptionGroup var output: OutputOptions

    @OptionGroup var model: ModelOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(help: ArgumentHelp("FASTA files, plain or gzip; '-' is standard input.", valueName: "file"))
    var files = ["-"]

    func run() throws {
        var run = try LabelRun(
            labeller: ProteinLabeller(ProteinModel.load(model.model)), compute: compute.makeCompute(), states: states,
            format: format,
            destination: output.destination)
        announceTyping(files, of: "FASTA")
        for file in files { try run.label(FASTAReader(ByteSource(argument: file), ungap: ungap)) }
        try run.finish()
    }
}

extension PredictionFormat: ExpressibleByArgument {}
