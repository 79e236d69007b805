import StrandBytes
import StrandEngine
import StrandMetrics
import StrandNetwork

/// The results of a long-lag experiment, as tables, charts and JSON.
package struct LongLagReport {
    private let experiment: LongLagExperiment
    private let results: [LongLagExperiment.Result]
    private let summaries: [LongLagSummary]

    package init(experiment: LongLagExperiment, results: [LongLagExperiment.Result]) {
        self.experiment = experiment
        self.results = results
        summaries = LongLagSummary.all(of: results, in: experiment)
    }

    // MARK: Table

    /// A Markdown table per task: one row per network, one column per lag.
    package var table: String { experiment.tasks.map(table).joined(separator: "\n") }

    private func table(of task: LongLagTask) -> String {
        let lags = task.hasLag ? experiment.lags.map(String.init) : ["strings"]
        let chance = task.isRegression ? "mean squared error of a constant \(fixed(task.chance, 4))" : ""
        var lines = ["\(task.rawValue)" + (chance.isEmpty ? "" : " (\(chance))"), ""]
        lines.append("| network | \(lags.joined(separator: " | ")) |")
        lines.append("|---|" + lags.map { _ in "---|" }.joined())
        for network in experiment.networks {
            let row = summaries.filter { ($0.task, $0.network) == (task, network) }.map(cell)
            lines.append("| \(network.title) | \(row.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func cell(_ summary: LongLagSummary) -> String {
        let share = "\(summary.solved)/\(summary.seeds)"
        if let sequences = summary.sequences { return "\(grouped(sequences)) (\(share))" }
        return summary.task.isRegression
            ? "error \(fixed(summary.testError, 4)) (\(share))"
            : "\(fixed(100 * summary.testError, 0)) % wrong (\(share))"
    }

    // MARK: Charts

    /// One row per task: how often it is solved, and the number of sequences that takes.
    package var plots: PlotSheet {
        let tasks = experiment.tasks.filter(\.hasLag)
        return PlotSheet(
            plots: tasks.flatMap { [successes(in: $0), sequences(for: $0)] }, columns: 2,
            headings: tasks.flatMap { [$0.title, ""] }, legend: experiment.networks.map { $0.series(.line([])) })
    }

    private func lagAxis() -> Axis { Axis("lag: steps of a sequence", categories: experiment.lags.map(String.init)) }

    /// Points of each network, by the index of their lag.
    private func curves(
        of task: LongLagTask, _ value: (LongLagSummary) -> Double?
    ) -> [(network: LongLagNetwork, points: [SIMD2<Double>])] {
        experiment.networks.map { network in
            let points = summaries.filter { ($0.task, $0.network) == (task, network) }.compactMap { summary in
                value(summary).map { value in
                    SIMD2(Double(experiment.lags.firstIndex(of: summary.lag ?? 0) ?? 0), value)
                }
            }
            return (network, points)
        }
    }

    private func series(_ curves: [(network: LongLagNetwork, points: [SIMD2<Double>])]) -> [Plot.Series] {
        curves.flatMap { curve -> [Plot.Series] in
            let points = curve.points.map { ($0.x, $0.y, $0.y, $0.y) }
            return [curve.network.series(.line(curve.points)), curve.network.series(.intervals(points))]
        }
    }

    private func successes(in task: LongLagTask) -> Plot {
        // Lines that coincide are drawn side by side.
        let apart = 0.012
        let curves = curves(of: task) { Double($0.solved) / Double($0.seeds) }.enumerated().map { index, curve in
            (network: curve.network, points: curve.points.map { $0 + SIMD2(0, apart * Double(2 - index)) })
        }
        return Plot(
            title: "\(task.title): solved", x: lagAxis(), y: .percent("seeds that solve the task", -0.05...1.05),
            series: series(curves), hasLegend: false)
    }

    private func sequences(for task: LongLagTask) -> Plot {
        Plot(
            title: "\(task.title): sequences", x: lagAxis(),
            y: Axis("thousand sequences needed (median)", 0...Double(experiment.mostSequences) / 1000),
            series: series(curves(of: task) { $0.sequences.map { Double($0) / 1000 } }), hasLegend: false)
    }

    // MARK: JSON

    package struct File: Encodable {
        package var experiment: LongLagExperiment
        package var results: [LongLagExperiment.Result]
    }

    package var file: File { File(experiment: experiment, results: results) }
}

extension LongLagNetwork {
    /// A mark in the colour of the cell; dashed if the gates are initialised as for any other data.
    package func series(_ mark: Plot.Mark) -> Plot.Series {
        let colour = [RecurrentCell.lstm, .gru, .rnn].firstIndex(of: cell) ?? 3
        return Plot.Series(
            mark: mark, colour: colour + 1, name: title, isDashed: cell != .rnn && !beginsOpen)
    }
}

extension LongLagTask {
    fileprivate var title: String {
        switch self {
        case .adding: "Adding"
        case .multiplication: "Multiplication"
        case .order2: "Temporal order, two symbols"
        case .order3: "Temporal order, three symbols"
        case .reber: "Embedded Reber grammar"
        }
    }
}
