import ArgumentParser
import Glibc
import Strand

struct DemoGradientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gradients",
        abstract: "Shows how the gradient of RNN, GRU and LSTM vanishes over time.",
        discussion: """
            The task is to add two numbers shown at the beginning of a sequence. The norm of the gradient of the loss, \
            by what the network put out so many steps before the end, is told relative to the last step: before and \
            after training, in double precision, the mean over 100 sequences. A network learns nothing from what its \
            gradient does not reach.

            EXAMPLES:
              strand demo gradients
              strand demo gradients --lag 200 --plot gradients.svg
            """)

    @Option(help: ArgumentHelp("Steps of a sequence.", valueName: "n"))
    var lag = 100

    @Option(help: ArgumentHelp("Sequences to train on, unless the task is solved before.", valueName: "n"))
    var budget = LongLagExperiment().mostSequences

    @Option(help: ArgumentHelp("Seed of initial weights and sequences.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var demo: DemoOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        if !(10...10_000).contains(lag) { throw ValidationError("--lag \(lag): give 10 to 10000") }
        if budget < 1 { throw ValidationError("--budget \(budget): give 1 or more") }
    }

    func run() throws {
        let compute = try compute.makeCompute()
        let output = try demo.makeOutput()
        let networks = LongLagNetwork.compared
        let flows = compute.map(networks.count) { index in
            GradientFlow.beforeAndAfterTraining(
                networks[index], lag: lag, seed: seed, mostSequences: budget, on: compute.inline)
        }.joined()
        print(table(Array(flows)), terminator: "")
        try output.write(Array(flows), drawing: drawing(Array(flows)))
    }

    private func table(_ flows: [GradientFlow]) -> String {
        let distances = [1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter { $0 < lag } + [lag - 1]
        var lines = ["norm of dL/dh, relative to the last step, so many steps before it", ""]
        lines.append("| network | " + distances.map(String.init).joined(separator: " | ") + " |")
        lines.append("|---|" + distances.map { _ in "---|" }.joined())
        for flow in flows {
            let state =
                flow.outcome.map { $0.isSolved ? ", trained: solved" : ", trained: not solved" } ?? ", untrained"
            let cells = distances.map { scientific(flow.norms[$0]) }
            lines.append("| \(flow.network.title)\(state) | \(cells.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Three digits and a power of ten.
    private func scientific(_ value: Double) -> String {
        guard value > 0 else { return "0" }
        let power = Int(log10(value).rounded(.down))
        return "\(fixed(value / pow(10, Double(power)), 1))e\(power)"
    }

    // MARK: Drawing

    private func drawing(_ flows: [GradientFlow]) -> PlotSheet {
        PlotSheet(
            plots: [
                plot("before training", flows.filter { !$0.isTrained }),
                plot("after training", flows.filter(\.isTrained)),
            ],
            columns: 2, headings: ["Before training", "After training"],
            legend: LongLagNetwork.compared.map { $0.series(.line([])) })
    }

    private func plot(_ title: String, _ flows: [GradientFlow]) -> Plot {
        let (least, most) = (-12.0, 2.0)
        return Plot(
            title: "gradient \(title)", x: Axis("steps before the end", 0...Double(lag)),
            y: Axis("norm of dL/dh, relative", least...most) { "1e\(Axis.plain($0))" },
            series: flows.map { flow in
                let points = flow.norms.enumerated().map { SIMD2(Double($0.offset), log10(max($0.element, 1e-300))) }
                // Lines are cut off at the edge of the chart.
                let shown = points.prefix { $0.y >= least }.map { SIMD2($0.x, min($0.y, most)) }
                return flow.network.series(.line(shown))
            }, hasLegend: false)
    }
}
