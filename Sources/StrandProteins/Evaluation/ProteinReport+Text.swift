import StrandBytes
import StrandEngine
import StrandMetrics

// MARK: Table

extension ProteinReport: FigureReport {
    /// The figures for people to read.
    public var table: String {
        var lines = [
            "\(file)  (\(model))",
            "  \(countedChains)\(predictionText), \(counted(residues, "residue")), \(grouped(labelledResidues)) labelled; "
                + mask,
            (reductionText.map { "  three states: \($0); " } ?? "  ") + basis.head,
        ]
        lines += notes.map { "  \($0)" }
        lines += [""] + main.states.lines(name: main.name)
        if let eightStates { lines += [""] + eightStates.lines(name: "Q8") }
        lines += comparisons.map { "  \($0.line)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ProteinReport {
    /// What the count of chains means where it is not all.
    fileprivate var predictionText: String {
        guard let prediction, prediction.predictedChains < prediction.trueChains || chains < prediction.trueChains
        else {
            return ""
        }
        return chains < prediction.trueChains ? " predicted by all" : " predicted, the others wrong"
    }
}

extension ProteinReport.States {
    fileprivate func lines(name: String) -> [String] {
        let header = "    state   residues  precision   recall       F1      MCC"
        let rows = states.map { state in
            "    \(state.state)      \(grouped(state.residues).padded(left: 9))   \(percent(state.precision))  "
                + "\(percent(state.recall))  \(percent(state.f1))  \(decimals(state.mcc))"
        }
        // A table of its own: eight states fit a terminal of 80 columns.
        let predicted =
            [
                "    residues of a state (row) predicted as (column)",
                "     " + cells(states.map(\.state) + (missed == nil ? [] : ["none"])),
            ]
            + states.indices.map { index in
                "    \(states[index].state)"
                    + cells((confusion[index] + (missed.map { [$0[index]] } ?? [])).map(grouped))
            }
        let partial = states.filter { $0.precision == nil || $0.recall == nil || $0.mcc == nil }.map(\.state)
        let note =
            partial.isEmpty
            ? [] : ["    (the means leave out what is undefined, of \(partial.joined(separator: ", ")))"]
        let means =
            "    mean             \(percent(macro.precision))  \(percent(macro.recall))  \(percent(macro.f1))  "
            + decimals(macro.mcc)
        var lines = [
            "  \(name)          \(accuracy.text)   mean over chains  \(chainAccuracy.text)",
            "  SOV'99      \(sov99.text)   mean over chains  \(chainSOV99.text)",
            "  SOV_refine  \(sovRefine.text)   mean over chains  \(chainSOVRefine.text)",
        ]
        if let calibration {
            let (counted, all) = (calibration.bins.reduce(0) { $0 + $1.count }, states.reduce(0) { $0 + $1.residues })
            let part = counted < all ? ", of \(grouped(counted)) residues with probabilities" : ""
            lines.append(
                "  calibration error (ECE, 15 bins)  \(fixed(100 * calibration.expectedCalibrationError, 2)) %\(part)")
        }
        return lines + [header] + rows + [means] + note + predicted
    }

    private func cells(_ texts: [String]) -> String { texts.map { $0.padded(left: 9) }.joined() }

    private func percent(_ value: Double?) -> String { (value.map { fixed(100 * $0, 1) } ?? "-").padded(left: 7) }

    private func decimals(_ value: Double?) -> String { (value.map { fixed($0, 3) } ?? "-").padded(left: 7) }
}

// MARK: Markdown

extension ProteinReport {
    /// A table with one row per file; the column headings say what all rows share.
    public static func markdown(_ reports: [ProteinReport]) -> String {
        let name = reports.first?.main.name ?? "Q3"
        let states = reports.first.map { $0.main.states.states.count } ?? 3
        let hasSystems = reports.contains { $0.prediction != nil }
        let head = [
            "| set |\(hasSystems ? " predicted by |" : "") chains | residues that count | \(name) % [95 %] | Q8 % [95 %] | SOV'99, \(states) states [95 %] | SOV_refine, \(states) states | ECE % |",
            "|---|---|---|---|---|---|---|---|\(hasSystems ? "---|" : "")",
        ]
        return (head + reports.map(\.markdownRow)).joined(separator: "\n")
            + markdown(notes: reports.flatMap { [($0.file, $0.basis.lack), ($0.file, $0.eightStateNote)] })
            + Comparison.markdown(reports.flatMap(\.comparisons))
    }

    private var markdownRow: String {
        let name = file.split(separator: ".").first.map(String.init) ?? file
        let cells =
            [name] + (prediction == nil ? [] : [model]) + [
                chainsText, "\(grouped(labelledResidues)) of \(grouped(residues))", main.states.accuracy.short,
                eightStates?.accuracy.short ?? "", main.states.sov99.short,
                fixed(100 * main.states.sovRefine.value, 1),
                main.states.calibration.map { fixed(100 * $0.expectedCalibrationError, 1) } ?? "",
            ]
        return "| \(cells.joined(separator: " | ")) |"
    }
}
