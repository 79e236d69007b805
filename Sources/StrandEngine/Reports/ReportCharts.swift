import StrandBytes
import StrandMetrics

/// The charts of reports.
package enum ReportCharts {
    /// Rows are truth, columns prediction; shaded by the share of the row.
    /// - Parameter totals: of each true class, with what has no prediction.
    package static func confusion(_ counts: [[Int]], _ names: [String], totals: [Int]) -> String {
        let side = names.count > 4 ? 46.0 : 74.0
        let margin = 34.0
        let extent = margin + side * Double(names.count) + 2
        var body = ""
        let names = names.map(\.escapedForXML)
        for (row, name) in names.enumerated() {
            let middle = margin + side * (Double(row) + 0.5)
            let total = max(totals[row], 1)
            body +=
                "<text x=\"\(pixels(margin - 8))\" y=\"\(pixels(middle))\" dy=\".35em\" text-anchor=\"end\">\(name)</text>"
            body += "<text x=\"\(pixels(middle))\" y=\"\(pixels(margin - 9))\" text-anchor=\"middle\">\(name)</text>\n"
            for (column, count) in counts[row].enumerated() {
                let share = Double(count) / Double(total)
                let x = margin + side * Double(column)
                body += "<g><title>\(names[row]) predicted as \(names[column]): \(grouped(count))</title>"
                body += "<rect x=\"\(pixels(x))\" y=\"\(pixels(middle - side / 2))\" width=\"\(pixels(side - 1))\" "
                body += "height=\"\(pixels(side - 1))\" fill-opacity=\"\(fixed(0.06 + 0.7 * share, 2))\"/>"
                body +=
                    "<text x=\"\(pixels(x + side / 2))\" y=\"\(pixels(middle))\" dy=\".35em\" text-anchor=\"middle\">"
                body += "\(fixed(100 * share, names.count > 4 ? 0 : 1))</text></g>\n"
            }
        }
        return "<svg class=\"matrix\" viewBox=\"0 0 \(pixels(extent)) \(pixels(extent))\" role=\"img\" "
            + "aria-label=\"confusion matrix\">\(body)</svg>\n"
    }

    /// Accuracy over mean confidence, with the line of perfect calibration.
    package static func reliability(_ calibration: Calibration) -> Plot {
        Plot(
            title: "Reliability", x: .percent("mean confidence"), y: .percent("accuracy"),
            series: [
                .init(mark: .reference([[0, 0], [1, 1]])),
                .init(mark: .line(calibration.bins.map { [$0.confidence, $0.accuracy] })),
                .init(
                    mark: .intervals(
                        calibration.bins.map { ($0.confidence, $0.accuracy, $0.accuracy, $0.accuracy) })),
            ])
    }

    /// Accuracy of the most confident predictions; for one or two numbers of states.
    package static func coverage(_ curves: [(name: String, points: [Coverage])]) -> Plot {
        let lowest = curves.flatMap(\.points).map(\.accuracy).min() ?? 0
        return Plot(
            title: "Coverage", x: .percent("share kept, the most confident first"),
            y: .percent("accuracy", (10 * lowest).rounded(.down) / 10...1),
            series: curves.enumerated().map { index, curve in
                .init(
                    mark: .line(curve.points.map { [$0.coverage, $0.accuracy] }), colour: index + 1, name: curve.name)
            })
    }

    /// Accuracies of parts of the data, with their intervals.
    package static func parts(_ title: String, _ label: String, _ parts: [FigurePart]) -> Plot {
        let intervals = parts.enumerated().map { index, part in
            let figure = part.accuracy
            return (Double(index), figure.value, figure.span.lower, figure.span.upper)
        }
        let lowest = intervals.map(\.2).min() ?? 0
        let highest = intervals.map(\.3).max() ?? 1
        let bottom = (10 * lowest).rounded(.down) / 10
        return Plot(
            title: title, x: Axis(label, categories: parts.map { shortened($0.name) }),
            y: .percent("accuracy", bottom...max((10 * highest).rounded(.up) / 10, bottom + 0.1)),
            series: [.init(mark: .intervals(intervals.map { ($0.0, $0.1, $0.2, $0.3) }))])
    }

    private static func shortened(_ name: String) -> String {
        name.replacing(" to ", with: "-").replacing(" and more", with: "+")
    }
}
