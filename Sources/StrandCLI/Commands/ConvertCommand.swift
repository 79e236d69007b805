import ArgumentParser
import StrandFormats
import StrandInkXML

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts files of handwriting into another format.",
        discussion: """
            All samples of all files go into one output, in their order. The format of a file is told by its content. \
            What the output's format cannot hold is left out and counted on standard error. Coordinates come out with x \
            to the right and y downwards.

            EXAMPLES:
              strand convert notes.xopp -o notes.jsonl.gz
              strand convert --to csv formula.inkml | head
              strand convert --root include --level WORD data/7/*/*.dat -o words.jsonl.gz
            """)

    /// The formats that are written.
    enum Target: String, ExpressibleByArgument, CaseIterable {
        case jsonl, inkml, quickdraw, csv
    }

    @Option(
        help: ArgumentHelp(
            """
            Format of the files (default: told by their content). uji: UJIpenchars2; csv: pointer events; xournal: \
            Xournal++ too.
            """, valueName: "name"))
    var from: InkFormat?

    @Option(
        help: ArgumentHelp(
            """
            jsonl: all there is of a sample; inkml: too; quickdraw: id, text, strokes; csv: a row a point (default: as \
            the output's name ends, else jsonl).
            """, valueName: "name"))
    var to: Target?

    @Option(
        help: ArgumentHelp(
            "UNIPEN: type of the segments to take, such as WORD (default: the finest that has labels).",
            valueName: "type"))
    var level: String?

    @Option(
        help: ArgumentHelp(
            "UNIPEN: folder that names of included files start from (default: that of the file).", valueName: "folder"))
    var root: String?

    @Flag(help: "UNIPEN: skip included files that are not there instead of refusing them.")
    var skipMissing = false

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Files of ink, plain or gzip; '-' is standard input.", valueName: "file"))
    var files = ["-"]

    func run() throws {
        let destination = output.destination
        switch to ?? Target(forOutput: output.output) {
        case .jsonl: try convert(into: InkJSONWriter(destination))
        case .inkml: try convert(into: InkMLWriter(destination))
        case .quickdraw: try convert(into: QuickDrawWriter(destination))
        case .csv: try convert(into: PointerEventWriter(destination))
        }
    }

    private func convert<Writer: InkSampleWriter & ~Copyable>(into writer: consuming Writer) throws(FormatError) {
        announceTyping(files, of: "ink")
        let options = UNIPENOptions(level: level, root: root, skipsMissingIncludes: skipMissing)
        var run = ConvertRun(into: writer, isBesideOutput: output.isStandardOutput)
        for file in files {
            try run.convert(InkFileReader(ByteSource(argument: file), format: from, unipen: options))
        }
        try run.finish()
    }
}

extension ConvertCommand.Target {
    /// The format that the end of a name asks for.
    init(forOutput name: String) {
        let plain = name.hasSuffix(".gz") ? name.dropLast(3) : name[...]
        let suffixes: [(String, Self)] = [(".inkml", .inkml), (".ndjson", .quickdraw), (".csv", .csv)]
        self = suffixes.first { plain.hasSuffix($0.0) }?.1 ?? .jsonl
    }
}

extension InkFormat: ExpressibleByArgument {}
