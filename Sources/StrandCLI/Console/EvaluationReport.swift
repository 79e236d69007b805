import Strand
import StrandMetrics
import StrandNetwork

/// Figures of one model on one file, as JSON has them and as a table.
struct EvaluationReport: Codable {
    /// A fraction with its 95 % interval over chains.
    struct Figure: Codable, MeasuredFigure {
        var value: Double
        var lower: Double
        var upper: Double
    }

    /// Figures of one state against all others; nil where there is nothing to divide by.
    struct State: Codable {
        var state: String
        var residues: Int
        var precision: Double?
        var recall: Double?
        var f1: Double?
    }

    /// Figures for one number of states.
    struct States: Codable {
        /// Over residues.
        var accuracy: Figure
        /// Mean over chains.
        var chainAccuracy: Figure
        var states: [State]
        /// Rows are truth, columns prediction.
        var confusion: [[Int]]
    }

    var file: String
    var model: String
    var chains: Int
    var residues: Int
    /// Residues with a label: those that count.
    var labelledResidues: Int
    var mask = "residues labelled '-' do not count"
    var reduction = LabelReduction.hgiEB.name
    var interval = "95 % percentile bootstrap over chains, 10,000 resamples"
    var threeStates: States
    var eightStates: States?

    init(_ data: LabelledData, _ evaluation: ProteinEvaluation, model: String, hasEightStates: Bool) {
        file = data.name
        self.model = model
        chains = data.records.count
        residues = data.residueCount
        labelledResidues = evaluation.residueCount
        threeStates = States(evaluation.threeState, evaluation.threeStateChains, SecondaryStructure.threeStates)
        if hasEightStates {
            eightStates = States(evaluation.eightState, evaluation.eightStateChains, SecondaryStructure.eightStates)
        }
    }
}

extension EvaluationReport.States {
    init(_ matrix: ConfusionMatrix, _ chains: [ChainTally], _ letters: [UInt8]) {
        func figure(_ value: Double?, _ average: ChainAverage) -> EvaluationReport.Figure {
            var generator = SeededGenerator(seed: 1)
            let interval = Bootstrap().interval(of: chains, average: average, using: &generator)
            return EvaluationReport.Figure(
                value: value ?? 0, lower: interval?.lower ?? 0, upper: interval?.upper ?? 0)
        }
        accuracy = figure(chains.pooledAccuracy, .pooled)
        chainAccuracy = figure(chains.meanAccuracy, .perChain)
        states = letters.enumerated().map { index, letter in
            EvaluationReport.State(
                state: String(Unicode.Scalar(letter)), residues: matrix.support(of: index),
                precision: matrix.precision(of: index), recall: matrix.recall(of: index), f1: matrix.f1(of: index))
        }
        confusion = letters.indices.map { truth in
            letters.indices.map { matrix[truth: truth, predicted: $0] }
        }
    }
}

// MARK: Markdown

extension EvaluationReport {
    /// A table with a row a file; the columns say what does not change from row to row.
    static func markdown(_ reports: [EvaluationReport]) -> String {
        let head = [
            "| set | chains | residues that count | Q3 % [95 %] | Q8 % [95 %] | Q3 % mean over chains | Q8 % mean over chains |",
            "|---|---|---|---|---|---|---|",
        ]
        return (head + reports.map(\.markdownRow)).joined(separator: "\n")
    }

    private var markdownRow: String {
        let name = file.split(separator: ".").first.map(String.init) ?? file
        let cells = [
            name, grouped(chains), "\(grouped(labelledResidues)) of \(grouped(residues))", threeStates.accuracy.short,
            eightStates?.accuracy.short ?? "", fixed(100 * threeStates.chainAccuracy.value, 1),
            eightStates.map { fixed(100 * $0.chainAccuracy.value, 1) } ?? "",
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }
}

// MARK: Table

extension EvaluationReport {
    /// The figures for people.
    var table: String {
        var lines = [
            "\(file)  (model \(model))",
            "  \(grouped(chains)) chains, \(grouped(residues)) residues, \(grouped(labelledResidues)) labelled; \(mask)",
            "  three states: sums of probabilities, truth by \(reduction); [95 % interval over chains]",
            "",
        ]
        lines += threeStates.lines(name: "Q3")
        if let eightStates { lines += [""] + eightStates.lines(name: "Q8") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension EvaluationReport.States {
    fileprivate func lines(name: String) -> [String] {
        let columns = states.map { left($0.state, 9) }.joined()
        let header = "    state   residues  precision   recall       F1    predicted as \(columns)"
        let rows = zip(states, confusion).map { state, row in
            "    \(state.state)      \(left(grouped(state.residues), 9))   \(percent(state.precision))  "
                + "\(percent(state.recall))  \(percent(state.f1))                \(row.map { left(grouped($0), 9) }.joined())"
        }
        return [
            "  \(name)  \(accuracy.text)   mean over chains  \(chainAccuracy.text)",
            header,
        ] + rows
    }

    private func percent(_ value: Double?) -> String { left(value.map { fixed(100 * $0, 1) } ?? "-", 7) }

    private func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
