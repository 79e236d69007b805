import StrandBytes

/// Charts in rows, as one SVG file.
package struct PlotSheet {
    package var plots: [Plot]
    /// Charts per row.
    package var columns = 1
    /// Headings above the charts: one for each, possibly empty; or none.
    package var headings: [String] = []
    /// The legend, shown once above all charts.
    package var legend: [Plot.Series] = []

    package init(plots: [Plot], columns: Int = 1, headings: [String] = [], legend: [Plot.Series] = []) {
        self.plots = plots
        self.columns = columns
        self.headings = headings
        self.legend = legend
    }

    private var headingHeight: Double { headings.isEmpty ? 0 : 26 }
    private var legendHeight: Double { legend.isEmpty ? 0 : 28 }

    package var svg: String {
        let rows = (plots.count + columns - 1) / columns
        let rowHeight = Plot.height + headingHeight
        let (width, height) = (Plot.width * Double(columns), legendHeight + rowHeight * Double(rows))
        let charts = plots.enumerated().map { index, plot in
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let (x, y) = (Plot.width * Double(column), legendHeight + rowHeight * Double(row) + headingHeight)
            return plot.svg.replacing(
                "<svg class=\"plot\"",
                with: "<svg class=\"plot\" x=\"\(pixels(x))\" y=\"\(pixels(y))\" "
                    + "width=\"\(pixels(Plot.width))\" height=\"\(pixels(Plot.height))\"",
                maxReplacements: 1)
        }
        let titles = headings.enumerated().filter { !$0.element.isEmpty }.map { index, heading in
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let (x, y) = (Plot.width * Double(column) + 8, legendHeight + rowHeight * Double(row) + 18)
            return "<g class=\"plot\"><text class=\"heading\" x=\"\(pixels(x))\" y=\"\(pixels(y))\">"
                + "\(heading.escapedForXML)</text></g>\n"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(pixels(width)) \(pixels(height))" \
            width="\(pixels(columns == 1 ? 1.5 * width : width))">
            <style>\(Plot.style)</style>
            <g class="plot">\(Plot.legendRow(legend))</g>
            \(titles.joined())\(charts.joined())</svg>

            """
    }
}
