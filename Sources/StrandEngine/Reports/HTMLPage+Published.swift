import StrandBytes
import StrandMetrics

extension HTMLPage {
    /// Figures close to the report's own are shown at once, the others on demand.
    package static func published(_ figures: [PublishedFigure], isNear: (PublishedFigure) -> Bool) -> String {
        let near = figures.filter(isNear)
        let far = figures.filter { !isNear($0) }
        return
            "<section><h2>Published figures of other methods</h2>\n<p class=\"note\">For orientation: figures compare "
            + "within one set, one mask and one reduction of the labels only; see what stands beside each. * quoted at "
            + "second hand.</p>\n" + (near.isEmpty ? "" : table(near))
            + "<details><summary>\(counted(far.count, "figure")) on other sets</summary>\n\(table(far))</details></section>\n"
    }

    private static func table(_ figures: [PublishedFigure]) -> String {
        let rows = figures.map { figure in
            [
                figure.method, "\(figure.measure) \(Axis.plain(figure.value))\(figure.checked ? "" : " *")", figure.set,
                figure.input, figure.comparable, figure.source, figure.caveat,
            ].map(\.escapedForXML)
        }
        return HTML.table(
            ["method", "%", "measured on", "input", "beside ours", "source", "caveat"], rows, of: "text")
    }
}
