import ArgumentParser
import Strand

struct DemoContextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context",
        abstract: "Shows how far a model of proteins looks: its accuracy where it sees a window only.",
        discussion: """
            Residues are drawn from labelled chains. Each is labelled from a window around it, as if the chain began \
            and ended there: so many residues on both sides, or so many before it and all that follow, or the other \
            way round. Q3 has a 95 % interval over chains (bootstrap). Where more context changes nothing, the model \
            does not look.

            EXAMPLES:
              strand demo context valid.ssfa.gz
              strand demo context --model mine.safetensors --plot context.svg valid.ssfa.gz
            """)

    @OptionGroup var model: ModelOptions

    @Option(help: ArgumentHelp("Residues drawn from each chain.", valueName: "n"))
    var residues = 10

    @Option(help: ArgumentHelp("Seed by which they are drawn.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var demo: DemoOptions
    @OptionGroup var compute: ComputeOptions

    @Argument(
        help: ArgumentHelp("Labelled FASTA with eight states, plain or gzip.", valueName: "file"),
        completion: .file())
    var file: String

    func validate() throws {
        if residues < 1 { throw ValidationError("--residues \(residues): give 1 or more") }
    }

    func run() throws {
        let output = try demo.makeOutput(reading: [file, model.model])
        let loaded = try ProteinModel.load(model.model, or: .shipped)
        try loaded.checkNeedsNothing(file: model.model ?? "")
        let compute = try compute.makeTrainingCompute()
        let data = try LabelledData(path: file, states: SecondaryStructure.eightStates)
        var generator = SeededGenerator(seed: seed)
        let study = ContextStudy(
            of: ProteinLabeller(loaded), on: data.records, residuesPerChain: residues, using: &generator)
        guard study.residueCount > 0 else { throw FormatError(file: file, problem: .chain(.noLabels())) }
        Terminal.message(
            "\(data.name): \(counted(study.residueCount, "residue")) of \(counted(data.records.count, "chain"))")
        let report = ContextReport(study, on: compute, observer: ConsoleObserver())
        try Terminal.output(report.table, terminator: "")
        try output.write(report.points, drawing: PlotSheet(plots: [report.plot]))
    }
}
