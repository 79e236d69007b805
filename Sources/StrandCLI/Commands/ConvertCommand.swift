import ArgumentParser
import Strand

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts files of handwriting into another format, structures and predictions into labelled FASTA.",
        discussion: """
            All samples or chains of all files go into one output, in their order. The format of a file is told by its \
            content. What the output's format cannot hold is left out and counted on standard error. Coordinates come \
            out with x to the right and y downwards.

            Of proteins, the states of DSSP are read from its own format and from mmCIF, predictions from labelled \
            FASTA, Strand's tsv and jsonl, PSIPRED's .ss2 and .horiz, and NetSurfP's CSV, and sequences with labels \
            from tables and JSON Lines of data sets. Labelled FASTA comes out. mmCIF has the residues without coordinates too, labelled '-'; DSSP's own format lacks them. Coil and \
            poly-proline become C.

            EXAMPLES:
              strand convert notes.xopp -o notes.jsonl.gz
              strand convert --to csv formula.inkml | head
              strand convert --axes=x,-y tablet.svg -o upright.jsonl
              strand convert --root include --level WORD data/7/*/*.dat -o words.jsonl.gz
              mkdssp --output-format mmcif 1cbs.cif 1cbs.dssp.cif
              strand convert *.dssp.cif -o structures.ssfa.gz
              strand convert *.ss2 -o psipred.ssfa
              strand convert --on-error skip data/7/*/*.dat -o words.jsonl.gz
            """)

    /// The output formats.
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

    @OptionGroup var axesOption: AxesOption

    @Option(
        help: ArgumentHelp(
            "UNIPEN: type of the segments to take, such as WORD (default: the finest that has labels).",
            valueName: "type"))
    var level: String?

    @Option(
        help: ArgumentHelp(
            "UNIPEN: folder that names of included files start from (default: that of the file).", valueName: "folder"),
        completion: .directory)
    var root: String?

    @Flag(help: "UNIPEN: skip included files that are not there instead of refusing them.")
    var skipMissing = false

    @Option(
        help: ArgumentHelp(
            """
            On one of several files, or a sample of a format with a line a sample, that cannot be read: stop, or skip \
            it, say so and exit with status 3.
            """, valueName: "policy"))
    var onError = PipelineSettings.ErrorPolicy.stop

    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp(
            "Files of ink, or of chains with labels, plain or gzip; '-' is standard input.", valueName: "file"),
        completion: .file())
    var files = ["-"]

    /// The options for UNIPEN alone that are given.
    private var ofUNIPEN: GivenOptions {
        ["--level": level != nil, "--root": root != nil, "--skip-missing": skipMissing]
    }

    func validate() throws {
        if let from, from != .unipen {
            try refuse(ofUNIPEN, because: "'--from \(from.rawValue)' is not UNIPEN")
        }
    }

    func run() throws {
        announceTyping(files, of: "ink or chains")
        try RunFiles.check(reading: files, writing: [(output.output, "output")])
        let (first, isInk) = try open(files[0])
        // The readers of ink say what is wrong with a file of no kind.
        try isInk ?? true ? convertInk(first()) : convertChains(first())
    }

    private func convertInk(_ first: consuming ByteReader) throws {
        let destination = output.destination
        switch to ?? Target(forOutput: output.output) {
        case .jsonl: try convert(first, into: InkJSONWriter(destination))
        case .inkml: try convert(first, into: InkMLWriter(destination))
        case .quickdraw: try convert(first, into: QuickDrawWriter(destination))
        case .csv: try convert(first, into: PointerEventWriter(destination))
        }
    }

    private func convert<Writer: InkSampleWriter & ~Copyable>(
        _ first: consuming ByteReader, into writer: consuming Writer
    ) throws {
        let options = UNIPENOptions(level: level, root: root, skipsMissingIncludes: skipMissing)
        let observer = observer
        var run = InkConversion(into: writer, axes: axesOption.axes, leftOut: leftOut(observer), observer: observer)
        try run.convert(InkFileReader(first, format: from, unipen: options))
        for file in files.dropFirst() {
            try run.convert(InkFileReader(next(file, ink: true), format: from, unipen: options))
        }
        if try run.finish() > 0 { throw RecordsRejected() }
    }

    private func convertChains(_ first: consuming ByteReader) throws {
        try refuse(["--to": to != nil, "--axes": axesOption.axes != .usual], because: "it is for ink")
        try refuse(ofUNIPEN, because: "it is for UNIPEN")
        let observer = observer
        var run = try ChainConversion(into: output.destination, leftOut: leftOut(observer), observer: observer)
        try convert(first, with: &run)
        for file in files.dropFirst() { try convert(next(file, ink: false), with: &run) }
        if try run.finish() > 0 { throw RecordsRejected() }
    }

    private func leftOut(_ observer: ConsoleObserver) -> LeftOut {
        LeftOut(onError, hasSeveralFiles: files.count > 1, observer: observer)
    }

    private var observer: ConsoleObserver { ConsoleObserver(isBesideOutput: output.isStandardOutput) }

    private func convert(_ bytes: consuming ByteReader, with run: inout ChainConversion) throws(FormatError) {
        let name = bytes.name
        try run.convert(ChainReader(bytes), of: name)
    }

    /// The bytes of a file, which must be of the same kind as the first.
    private func next(_ file: String, ink: Bool) throws -> ByteReader {
        let (bytes, isInk) = try open(file)
        // What reads the others says what is wrong with a file of no kind.
        if let isInk, isInk != ink {
            throw ValidationError(
                "ink and proteins cannot be converted in one go: '\(file)' is of another kind than the first")
        }
        return bytes()
    }

    /// What gives the bytes of a file, and whether they are handwriting; nil: they do not show what they are.
    private func open(_ path: String) throws(FormatError) -> (bytes: () -> ByteReader, isInk: Bool?) {
        if from != nil { return ({ ByteReader(ByteSource(argument: path)) }, true) }
        let file = try DetectedFile(path)
        switch file.kind {
        case .chains: return (file.bytes, false)
        case .ink: return (file.bytes, true)
        case nil: return (file.bytes, nil)
        case .model: throw file.isNot("ink, or chains with labels,")
        }
    }
}

extension ConvertCommand.Target {
    /// The format for a file name's extension.
    init(forOutput name: String) {
        let plain = name.hasSuffix(".gz") ? name.dropLast(3) : name[...]
        let suffixes: [(String, Self)] = [(".inkml", .inkml), (".ndjson", .quickdraw), (".csv", .csv)]
        self = suffixes.first { plain.hasSuffix($0.0) }?.1 ?? .jsonl
    }
}

extension InkFormat: ExpressibleByArgument {}
