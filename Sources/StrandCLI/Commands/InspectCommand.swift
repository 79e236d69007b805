import ArgumentParser
import Strand

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tells what a model file or a data file holds.",
        discussion: """
            Of a model: what it is, its sizes, what it was trained on, its figures. Of FASTA or chains with \
            labels (labelled FASTA, predictions as other programs write them, DSSP, mmCIF): counts, lengths, letters, labels, repairs, and what is wrong with it (exit status 1 where a record cannot \
            be read). Of ink: counts, texts, alphabet, which way the axes go, and what looks wrong: missing pen-ups, \
            repeated samples, labels that cannot be true, absurd sampling rates; of several files of ink, what they \
            share, such as writers.

            With --gates the gates of a protein model are drawn as they open and close along the first chain of a \
            FASTA file (SVG): for each layer and direction a map of units over residues.

            EXAMPLES:
              strand inspect                         the models inside the program
              strand inspect model.safetensors
              strand inspect train.ssfa.gz proteome.fasta.gz
              strand inspect train.jsonl.gz valid.jsonl.gz
              strand inspect --gates chain.fasta -o gates.svg
              strand inspect model.safetensors --gates chain.fasta -o gates.svg
            """)

    @Option(
        help: ArgumentHelp("Draw a gate of the model along the first chain of this FASTA file.", valueName: "file"),
        completion: .file())
    var gates: String?

    @Option(
        help: ArgumentHelp(
            "Which gate: of an LSTM input, forget or output, of a GRU reset or update, of an MGU forget (default: what keeps the state).",
            valueName: "name"))
    var gate: RecurrentGate?

    @OptionGroup var output: OutputOptions

    @Argument(
        help: ArgumentHelp("Models, FASTA, chains with labels, ink (default: the shipped models).", valueName: "file"),
        completion: .file())
    var files: [String] = []

    func validate() throws {
        if gates != nil {
            if files.count > 1 {
                throw ValidationError("--gates draws one model: give one, or none for the shipped one")
            }
        } else if gate != nil || !output.isStandardOutput {
            throw ValidationError("--gate and --output need --gates")
        }
    }

    func run() throws {
        if let gates {
            try RunFiles.check(reading: files + [gates], writing: [(output.output, "drawing")])
            try drawGates(along: gates)
            return
        }
        if files.isEmpty {
            for model in ModelFile.shipped { try Terminal.output(model.summary(file: "shipped model")) }
        }
        let observer = ConsoleObserver(isBesideOutput: files.count > 1)
        let meter = observer.meter(of: files)
        var ink: [InkSummary] = []
        for file in files {
            let text = try summary(of: DetectedFile(file, meter: meter), ink: &ink)
            observer.done()
            try Terminal.output(text)
        }
        let overlaps = InkSummary.overlaps(ink)
        if !overlaps.isEmpty { try Terminal.output(overlaps) }
    }

    /// - Parameter ink: gets the summary of a file of ink.
    private func summary(of file: DetectedFile, ink: inout [InkSummary]) throws -> String {
        switch file.kind {
        case .model: return try ModelFile(file.bytes(), path: file.path).summary(file: file.path)
        case .ink:
            ink.append(try InkSummary(ink: file.path, file.bytes()))
            return ink[ink.count - 1].text
        case .chains(.fasta): return try ChainSummary(fasta: file.path, file.bytes()).text
        case nil where file.isEmpty: return try ChainSummary(fasta: file.path, file.bytes()).text
        case .chains(let format): return try ChainSummary(labelled: file.path, format, file.bytes()).text
        case nil: throw file.isNot("a model, FASTA, chains with labels or ink,")
        }
    }

    /// Most residues of a chain to draw.
    private static let mostResidues = 2000

    private func drawGates(along path: String) throws {
        let model = try ProteinModel.load(files.first, or: .shipped)
        try model.checkNeedsNothing(file: files.first ?? "")
        let cell = model.description.network.cell
        guard let gate = gate ?? cell.keepingGate, gate.exists(in: cell) else {
            let wanted = gate.map { "\($0.rawValue) gate" } ?? "gates"
            throw SafetensorsError(
                file: files.first ?? "shipped model",
                .badMetadata(key: "network", reason: "it is made of \(cell.title) units, which have no \(wanted)"))
        }
        var reader = DetectedReader(sequencesOf: ByteReader(ByteSource(argument: path)), ungap: false)
        guard let record = try reader.next() else { throw FormatError(file: path, problem: .chain(.noRecords)) }
        let chain = Array(record.sequence.prefix(Self.mostResidues))
        if chain.count < record.sequence.count {
            Terminal.message(
                "\(record.id): the first \(grouped(chain.count)) of \(counted(record.sequence.count, "residue")) are drawn"
            )
        }
        let picture = GatePicture(
            of: gate, along: chain, named: record.id, in: model, on: Compute(threads: 1))
        try ByteWriter.write(Array(picture.svg.utf8), to: output.destination)
    }
}

extension RecurrentGate: ExpressibleByArgument {}
