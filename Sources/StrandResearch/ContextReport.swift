import StrandBytes
import StrandEngine
import StrandNetwork

/// The accuracy of a model over the context it sees, as a table, a chart and JSON.
package struct ContextReport {
    /// The residues shown; nil: all.
    private static let windows: [Int?] = [0, 1, 2, 4, 8, 16, 32, 64, 128, nil]

    /// A point for each side and window.
    package private(set) var points: [ContextStudy.Point] = []

    /// Measures all of them. At least one residue must have a label.
    package init(_ study: ContextStudy, on compute: Compute, observer: any RunObserver) {
        let stopwatch = Stopwatch()
        let whole = study.point(.both, window: nil, on: compute)
        let total = ContextStudy.Side.allCases.count * Self.windows.count
        for side in ContextStudy.Side.allCases {
            for window in Self.windows {
                observer.progress(stopwatch.progress(points.count, of: total, "window"))
                var point = whole
                point.side = side
                points.append(window == nil ? point : study.point(side, window: window, on: compute))
            }
        }
        observer.done()
    }

    /// A Markdown table: a row a window.
    package var table: String {
        var lines = ["Q3 in percent with its interval, so many residues being shown", ""]
        lines.append("| shown | " + ContextStudy.Side.allCases.map(\.title).joined(separator: " | ") + " |")
        lines.append("|---|" + ContextStudy.Side.allCases.map { _ in "---|" }.joined())
        for window in Self.windows {
            let cells = points.filter { $0.window == window }.map(\.short)
            lines.append("| \(window.map(String.init) ?? "all") | \(cells.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A curve for each side.
    package var plot: Plot {
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
        case .before: "before it, and all after"
        case .after: "after it, and all before"
        }
    }
}
