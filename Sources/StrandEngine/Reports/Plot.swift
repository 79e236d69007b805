import StrandBytes
import StrandMetrics

/// A chart with two axes, as SVG that uses the colours of the page around it, or brings its own.
package struct Plot {
    /// What to draw, in the units of the axes.
    package enum Mark {
        /// Points joined by a line.
        case line([SIMD2<Double>])
        /// The same, dashed: an ideal, or a line for comparison.
        case reference([SIMD2<Double>])
        /// Points with their intervals.
        case intervals([(x: Double, y: Double, lower: Double, upper: Double)])
        /// Bars up from the axis, this many units wide.
        case bars([SIMD2<Double>], width: Double)
    }

    /// Marks of one colour, with their name in the legend.
    package struct Series {
        package var mark: Mark
        /// Index of the page's colour, from 1.
        package var colour = 1
        package var name: String?
        package var isDashed = false

        package init(mark: Mark, colour: Int = 1, name: String? = nil, isDashed: Bool = false) {
            self.mark = mark
            self.colour = colour
            self.name = name
            self.isDashed = isDashed
        }
    }

    package var title: String
    package var x: Axis
    package var y: Axis
    package var series: [Series]
    /// Whether the chart has a legend.
    package var hasLegend = true

    package init(title: String, x: Axis, y: Axis, series: [Series], hasLegend: Bool = true) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.hasLegend = hasLegend
    }

    /// In pixels.
    package static let (width, height) = (440.0, 300.0)
    private static let (left, right, top, bottom) = (60.0, 20.0, 12.0, 46.0)

    // MARK: Drawing

    /// The chart for a page whose style knows `Plot.style`.
    package var svg: String {
        """
        <svg class="plot" viewBox="0 0 \(pixels(Self.width)) \(pixels(Self.height))" role="img" \
        aria-label="\(title.escapedForXML)">
        <title>\(title.escapedForXML)</title>
        \(axes)\(series.map(draw).joined())\(hasLegend ? legend : "")</svg>

        """
    }

    /// For light and for dark backgrounds; distinguishable with colour blindness too.
    private static let colours = [
        ("#0b5cad", "#6cb0f5"), ("#b3500b", "#f0a064"), ("#2b7a3d", "#7ccf8c"), ("#8a3a8f", "#d79be0"),
        ("#6b6b6b", "#a8a8a8"),
    ]

    /// CSS rules for charts, without variables, which some SVG viewers do not support.
    package static let style: String = {
        let dark = colours.enumerated().map { index, colour in
            ".plot .s\(index + 1){stroke:\(colour.1)}.plot .f\(index + 1){fill:\(colour.1)}"
        }
        return """
            .plot text{font:12px sans-serif;fill:#24292f}.plot .grid{stroke:#d0d7de}.plot .line{fill:none;stroke-width:2}
            .plot .reference{fill:none;stroke:#24292f;stroke-dasharray:4 4;opacity:.6}.plot .whisker{stroke-width:1.5}.plot .heading{font-weight:bold;font-size:14px}
            @media screen and (prefers-color-scheme:dark){.plot text{fill:#d6dbe1}.plot .grid{stroke:#3d444d}
            .plot .reference{stroke:#d6dbe1}\(dark.joined())}

            """
    }()

    private static func stroke(_ number: Int) -> String { "s\(number)\" stroke=\"\(colours[number - 1].0)\"" }

    private static func fill(_ number: Int) -> String { "class=\"f\(number)\" fill=\"\(colours[number - 1].0)\"" }

    private func locate(_ point: SIMD2<Double>) -> (x: String, y: String) {
        let horizontal = x.share(of: point.x) * (Self.width - Self.left - Self.right)
        let vertical = y.share(of: point.y) * (Self.height - Self.top - Self.bottom)
        return (pixels(Self.left + horizontal), pixels(Self.height - Self.bottom - vertical))
    }

    private var axes: String {
        let (floor, ceiling) = (y.range.lowerBound, y.range.upperBound)
        let columns = x.ticks.map { tick in
            let (foot, head) = (locate([tick.value, floor]), locate([tick.value, ceiling]))
            let label = pixels(Self.height - Self.bottom + 16)
            return "<line class=\"grid\" x1=\"\(foot.x)\" y1=\"\(foot.y)\" x2=\"\(head.x)\" y2=\"\(head.y)\"/>"
                + "<text x=\"\(foot.x)\" y=\"\(label)\" text-anchor=\"middle\">\(tick.name.escapedForXML)</text>\n"
        }
        let rows = y.ticks.map { tick in
            let (start, end) = (locate([x.range.lowerBound, tick.value]), locate([x.range.upperBound, tick.value]))
            return "<line class=\"grid\" x1=\"\(start.x)\" y1=\"\(start.y)\" x2=\"\(end.x)\" y2=\"\(end.y)\"/>"
                + "<text x=\"\(pixels(Self.left - 6))\" y=\"\(start.y)\" dy=\".35em\" text-anchor=\"end\">\(tick.name.escapedForXML)</text>\n"
        }
        let middle = pixels((Self.left + Self.width - Self.right) / 2)
        let upright = pixels((Self.top + Self.height - Self.bottom) / 2)
        return columns.joined() + rows.joined()
            + "<text x=\"\(middle)\" y=\"\(pixels(Self.height - 8))\" text-anchor=\"middle\">\(x.label.escapedForXML)</text>"
            + "<text transform=\"translate(12 \(upright)) rotate(-90)\" text-anchor=\"middle\">\(y.label.escapedForXML)</text>\n"
    }

    private func draw(_ series: Series) -> String {
        let (stroke, fill) = (Self.stroke(series.colour), Self.fill(series.colour))
        switch series.mark {
        case .line(let points):
            let dashes = series.isDashed ? " stroke-dasharray=\"6 4\"" : ""
            return "<polyline class=\"line \(stroke)\(dashes) points=\"\(path(points))\"/>\n"
        case .reference(let points):
            return "<polyline class=\"reference\" points=\"\(path(points))\"/>\n"
        case .intervals(let points):
            return points.map { point in
                let (low, high) = (locate([point.x, point.lower]), locate([point.x, point.upper]))
                let middle = locate([point.x, point.y])
                return "<line class=\"whisker \(stroke) x1=\"\(low.x)\" y1=\"\(low.y)\" x2=\"\(high.x)\" "
                    + "y2=\"\(high.y)\"/><circle \(fill) cx=\"\(middle.x)\" cy=\"\(middle.y)\" r=\"4\"/>\n"
            }.joined()
        case .bars(let points, let width):
            return points.map { point in
                let corners = [
                    SIMD2(point.x - width / 2, y.range.lowerBound), [point.x - width / 2, point.y],
                    [point.x + width / 2, point.y], [point.x + width / 2, y.range.lowerBound],
                ]
                return "<polygon \(fill) fill-opacity=\".75\" points=\"\(path(corners))\"/>\n"
            }.joined()
        }
    }

    private func path(_ points: [SIMD2<Double>]) -> String {
        points.map { point in
            let (x, y) = locate(point)
            return "\(x),\(y)"
        }.joined(separator: " ")
    }

    /// The series' names in a row, for a sheet of charts that share them.
    package static func legendRow(_ series: [Series]) -> String {
        var x = 8.0
        return series.map { series in
            let name = series.name ?? ""
            let dashes = series.isDashed ? " stroke-dasharray=\"6 4\"" : ""
            let item =
                "<line class=\"line \(stroke(series.colour))\(dashes) x1=\"\(pixels(x))\" y1=\"14\" x2=\"\(pixels(x + 28))\" "
                + "y2=\"14\"/><text x=\"\(pixels(x + 34))\" y=\"18\">\(name.escapedForXML)</text>\n"
            x += 34 + 6.5 * Double(name.count) + 16
            return item
        }.joined()
    }

    /// At the bottom, on the side where the lines are higher.
    private var legend: String {
        let named = series.filter { $0.name != nil }
        let ends = series.compactMap { series -> (Double, Double)? in
            guard case .line(let points) = series.mark, let first = points.first, let last = points.last else {
                return nil
            }
            return (first.y, last.y)
        }
        let isRising = ends.reduce(0) { $0 + $1.1 - $1.0 } > 0
        let x = isRising ? Self.width - Self.right - 12 : Self.left + 12
        return named.enumerated().map { index, series in
            let y = Self.height - Self.bottom - 14 - 18 * Double(named.count - 1 - index)
            let (box, text) = isRising ? (x - 12, x - 18) : (x, x + 18)
            return
                "<rect x=\"\(pixels(box))\" y=\"\(pixels(y - 9))\" width=\"12\" height=\"10\" \(Self.fill(series.colour))/>"
                + "<text x=\"\(pixels(text))\" y=\"\(pixels(y))\" text-anchor=\"\(isRising ? "end" : "start")\">"
                + "\((series.name ?? "").escapedForXML)</text>\n"
        }.joined()
    }
}

/// A coordinate in a drawing, to a tenth of a pixel.
package func pixels(_ value: Double) -> String {
    let text = fixed(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
