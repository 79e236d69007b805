import StrandBytes
import StrandEngine
import StrandMetrics

extension HTMLPage {
    /// The report on one system's predictions of secondary structure.
    /// - Parameter strips: for each report, the chains to draw.
    package static func proteins(_ reports: [ProteinReport], strips: [[ChainStrip]], subtitle: String) -> HTMLPage {
        var page = HTMLPage(
            title: reports.first?.threeStates == nil ? "Residue labels: evaluation" : "Secondary structure: evaluation",
            subtitle: subtitle)
        page.sections.append(summary(reports))
        page.sections.append(Comparison.html(reports.flatMap(\.comparisons)))
        if reports.contains(where: { $0.threeStates != nil }) { page.sections.append(published(beside: reports)) }
        for (report, strips) in zip(reports, strips) { page.sections.append(section(report, strips)) }
        return page
    }

    private static func summary(_ reports: [ProteinReport]) -> String {
        let hasEight = reports.contains { $0.eightStates != nil }
        let hasSystems = reports.contains { $0.prediction != nil } || Set(reports.map(\.model)).count > 1
        var head = ["set"] + (hasSystems ? ["predicted by"] : [])
        head +=
            ["chains", "residues that count", "\(reports.first?.main.name ?? "Q3") % [95 %]"]
            + (hasEight ? ["Q8 %"] : [])
        head += ["SOV'99 %", "SOV_refine %", "ECE %"]
        let rows = reports.map { report in
            let three = report.main.states
            var row = [report.file.escapedForXML] + (hasSystems ? [report.model.escapedForXML] : [])
            row += [
                report.chainsText, "\(grouped(report.labelledResidues)) of \(grouped(report.residues))",
                HTML.cell(three.accuracy),
            ]
            if hasEight { row.append(report.eightStates.map { HTML.cell($0.accuracy) } ?? "") }
            row += [HTML.cell(three.sov99), HTML.cell(three.sovRefine)]
            return row + [three.calibration.map { fixed(100 * $0.expectedCalibrationError, 2) } ?? "-"]
        }
        guard let first = reports.first else { return "" }
        return "<section><h2>Figures</h2>\n" + HTML.table(head, rows)
            + "<p class=\"note\">Mask: \(first.mask.escapedForXML). "
            + (first.reductionText.map { "Three states: \($0.escapedForXML). " } ?? "")
            + "In brackets: \(first.interval.escapedForXML). SOV\(first.threeStates == nil ? "" : " in three states"): "
            + "Zemla et al. 1999; Liu &amp; Wang 2018. ECE: expected calibration error, 15 bins"
            + (first.threeStates == nil ? "" : ", three states") + ".</p>\n"
            + reports.flatMap { report in
                report.notes.map { "<p><strong>\(report.file.escapedForXML)</strong>: \($0.escapedForXML)</p>\n" }
            }
            .joined() + "</section>\n"
    }

    /// Figures of other methods; those on the reports' own sets come first.
    private static func published(beside reports: [ProteinReport]) -> String {
        let sets = reports.map { $0.file.split(separator: ".").first.map(String.init) ?? $0.file }
        return published(
            PublishedFigure.ofProteins,
            isNear: { figure in figure.ourSet.map(sets.contains) ?? false })
    }

    private static func section(_ report: ProteinReport, _ strips: [ChainStrip]) -> String {
        let system = report.prediction == nil ? "" : ": \(report.model.escapedForXML)"
        var html = "<section class=\"file\"><h2>\(report.file.escapedForXML)\(system)</h2>\n"
        html += states(report.main.states, report.threeStates == nil ? "Labels" : "Three states")
        if let eight = report.eightStates { html += states(eight, "Eight states") }
        html += "<h3>Where it is right</h3>\n" + HTML.charts(charts(report))
        if !strips.isEmpty {
            html += "<h3>The least accurate chains</h3>\n" + ChainStrip.key + strips.map(\.html).joined()
        }
        return html + "</section>\n"
    }

    private static func states(_ states: ProteinReport.States, _ title: String) -> String {
        func percent(_ value: Double?) -> String { value.map { fixed(100 * $0, 1) } ?? "-" }
        func number(_ value: Double?) -> String { value.map { fixed($0, 3) } ?? "-" }
        let rows =
            states.states.map { state in
                [
                    state.state.escapedForXML, grouped(state.residues), percent(state.precision), percent(state.recall),
                    percent(state.f1), number(state.mcc),
                ]
            } + [
                [
                    "mean", "", percent(states.macro.precision), percent(states.macro.recall), percent(states.macro.f1),
                    number(states.macro.mcc),
                ]
            ]
        let overall = [
            ["accuracy", HTML.cell(states.accuracy), HTML.cell(states.chainAccuracy)],
            ["SOV'99", HTML.cell(states.sov99), HTML.cell(states.chainSOV99)],
            ["SOV_refine", HTML.cell(states.sovRefine), HTML.cell(states.chainSOVRefine)],
        ]
        return "<h3>\(title)</h3>\n"
            + HTML.charts([
                HTML.figure(
                    "Figures over all residues, and as the mean over chains",
                    HTML.table(["%", "residues", "chains"], overall)
                        + HTML.table(["state", "residues", "precision", "recall", "F1", "MCC"], rows)),
                HTML.figure(
                    "Of each true state (row), the percentage predicted as each state (column)",
                    ReportCharts.confusion(
                        states.confusion, states.states.map(\.state), totals: states.states.map(\.residues))),
            ])
    }

    private static func charts(_ report: ProteinReport) -> [String] {
        let (name, three) = report.main
        let kind = report.threeStates == nil ? "labels" : "three states"
        var figures: [String] = []
        if let calibration = three.calibration {
            figures.append(
                HTML.figure(
                    "Reliability, \(kind): expected calibration error "
                        + "\(fixed(100 * calibration.expectedCalibrationError, 2)) %",
                    ReportCharts.reliability(calibration).svg))
            let curves =
                [(name: kind, points: three.coverage)]
                + (report.eightStates.map { [(name: "eight states", points: $0.coverage)] } ?? [])
            figures.append(
                HTML.figure("Accuracy of the most confident residues", ReportCharts.coverage(curves).svg))
        }
        figures.append(
            HTML.figure(
                "\(name) by length of the chain",
                ReportCharts.parts("\(name) by length", "residues", three.byLength).svg))
        if let profiles = report.profiles {
            figures.append(
                HTML.figure(
                    "\(name) by Neff of the profile",
                    ReportCharts.parts("\(name) by Neff", "Neff", profiles.byNeff).svg))
        }
        figures.append(
            HTML.figure(
                "\(name) by distance from the nearest segment boundary",
                ReportCharts.parts("\(name) by distance", "residues between", three.byBoundaryDistance).svg))
        return figures
    }
}
