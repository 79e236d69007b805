import ArgumentParser
import Glibc
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

    private static let windows: [Int?] = [0, 1, 2, 4, 8, 16, 32, 64, 128, nil]

    func validate() throws {
        if residues < 1 { throw ValidationError("--residues \(residues): give 1 or more") }
    }

    func run() throws {
        let output = try demo.makeOutput(reading: [file, model.model])
        let labeller = ProteinLabeller(try ProteinModel.load(model.model, or: .shipped))
        let compute = try compute.makeCompute()
        let data = try LabelledData(path: file, states: SecondaryStructure.eightStates)
        var generator = SeededGenerator(seed: seed)
        let study = ContextStudy(
            of: labeller, on: data.records, residuesPerChain: residues, using: &generator)
        guard study.residueCount > 0 else { throw FormatError(file: file, problem: .chain(.noLabels())) }
        Terminal.message(
            "\(data.name): \(counted(study.residueCount, "residue")) of \(counted(data.records.count, "chain"))")
        let (observer, stopwatch) = (ConsoleObserver(), Stopwatch())
        let whole = study.point(.both, window: nil, on: compute)
        var points: [ContextStudy.Point] = []
        for side in ContextStudy.Side.allCases {
            for window in Self.windows {
                let total = ContextStudy.Side.allCases.count * Self.windows.count
                observer.progress(stopwatch.progress(points.count, of: total, "window"))
                var point = whole
                point.side = side
                points.append(window == nil ? point : study.point(side, window: window, on: compute))
            }
        }
        observer.done()
        print(table(points), terminator: "")
        try output.write(points, drawing: PlotSheet(plots: [plot(points)]))
    }

    private func table(_ points: [ContextStudy.Point]) -> String {
        var lines = ["Q3 in percent with its interval, so many residues being shown", ""]
        lines.append("| shown | " + ContextStudy.Side.allCases.map(\.title).joined(separator: " | ") + " |")
        lines.append("|---|" + ContextStudy.Side.allCases.map { _ in "---|" }.joined())
        for window in Self.windows {
            let cells = points.filter { $0.window == window }.map(\.short)
            lines.append("| \(window.map(String.init) ?? "all") | \(cells.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func plot(_ points: [ContextStudy.Point]) -> Plot {
        let least = points.map(\.span.lower).min() ?? 0
        let most = points.map(\.span.upper).max() ?? 1
        return Plot(
            title: "accuracy over context",
            x: Axis("residues shown", categories: Self.windows.map { $0.map(String.init) ?? "all" }),
            y: .percent("Q3", (20 * least).rounded(.down) / 20...most + 0.01),
            series: ContextStudy.Side.allCases.enumerated().flatMap { index, side -> [Plot.Series] in
                let shown = points.filter { $0.side == side }.enumerated().map { (Double($0.offset), $0.element) }
                return [
                    .init(mark: .line(shown.map { [$0.0, $0.1.accuracy] }), colour: index + 1, name: side.title),
                    .init(
                        mark: .intervals(
                            shown.map { ($0.0, $0.1.accuracy, $0.1.span.lower, $0.1.span.upper) }),
                        colour: index + 1),
                ]
            })
    }
}

extension ContextStudy.Side {
    fileprivate var title: String {
        switch self {
        case .both: "on both sides"
        case .before: "before, all behind"
        case .after: "behind, all before"
        }
    }
}
