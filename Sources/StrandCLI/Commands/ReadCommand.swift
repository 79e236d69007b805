import ArgumentParser
import Strand
import StrandFormats
import StrandNetwork

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads handwriting: the text of each sample of ink.",
        discussion: """
            A sample is a word, a line or a page, which is read line by line. Texts come out in the order the samples \
            went in. Without options the text is that of the most probable path; a beam, a language model or a \
            lexicon searches among many.

            EXAMPLES:
              strand read notes.jsonl.gz
              strand read --lm --format jsonl notes.jsonl.gz -o notes.text.jsonl
              strand read --beam 32 --n-best 5 --format tsv notes.jsonl.gz
              strand read --lexicon /usr/share/dict/words --plot notes.svg notes.jsonl.gz
            """)

    @Option(
        help: ArgumentHelp(
            """
            text: the text alone; tsv: id, rank, probability, text; jsonl: an object a sample, with the probability, \
            ink and time of every character.
            """, valueName: "name"))
    var format = ReadingFormat.text

    @Option(name: .customLong("n-best"), help: ArgumentHelp("Texts a sample, for tsv and jsonl.", valueName: "n"))
    var alternatives = 1

    @OptionGroup var decoding: DecodingOptions

    @Option(
        help: ArgumentHelp("Draw the ink with each character beneath its strokes, as SVG.", valueName: "file"))
    var plot: String?

    @OptionGroup var output: OutputOptions

    @OptionGroup var model: ModelOptions

    @OptionGroup var compute: ComputeOptions

    @Argument(help: ArgumentHelp("Files of ink, plain or gzip; '-' is standard input.", valueName: "file"))
    var files = ["-"]

    func validate() throws {
        if alternatives < 1 { throw ValidationError("--n-best \(alternatives): give 1 or more") }
        if alternatives > 1 && format == .text { throw ValidationError("--n-best needs --format tsv or jsonl") }
    }

    func run() throws {
        var reader = InkReader(try InkModel.load(model.model))
        reader.decoder = try decoding.decoder(alternatives: alternatives)
        var run = try ReadRun(
            reader: reader, compute: compute.makeCompute(), format: format,
            destination: output.destination, plot: plot.map { ByteDestination(argument: $0) })
        announceTyping(files, of: "ink")
        for file in files { try run.read(ByteSource(argument: file)) }
        try run.finish()
    }
}

extension ReadingFormat: ExpressibleByArgument {}
