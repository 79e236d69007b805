import Glibc
import StrandEngine
import StrandNetwork

/// How the gradients of the compared networks vanish, as a table and charts.
package struct GradientReport {
    private let lag: Int
    /// Each network before and after training.
    package let flows: [GradientFlow]

    /// Trains the networks: see `GradientFlow`.
    package init(lag: Int, seed: UInt64, mostSequences: Int, on compute: Compute) {
        self.lag = lag
        let networks = LongLagNetwork.compared
        flows = compute.map(networks.count) { index in
            GradientFlow.beforeAndAfterTraining(
                networks[index], lag: lag, seed: seed, mostSequences: mostSequences, on: compute.inline)
        }.flatMap { $0 }
    }

    /// A Markdown table: a row a network, before and after training.
    package var table: String {
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

    /// The norms over the distance, before and after training.
    package var plots: PlotSheet {
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
