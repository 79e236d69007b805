import StrandBytes
import StrandMetrics

/// A self-contained page: no network, no scripts.
package struct HTMLPage {
    package var title: String
    package var subtitle: String
    package var sections: [String] = []

    package init(title: String, subtitle: String) {
        self.title = title
        self.subtitle = subtitle
    }

    /// The page.
    package var bytes: [UInt8] {
        Array(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title.escapedForXML)</title>
            <style>
            \(PageAsset.text("palette.css"))\(Self.style)\(Plot.style)</style>
            </head>
            <body>
            <header><h1>\(title.escapedForXML)</h1><p>\(subtitle.escapedForXML)</p></header>
            \(sections.joined())<footer>Made by strand \(strandVersion).</footer>
            </body>
            </html>

            """.utf8)
    }

    private static let style = """
        :root{--wrong:#c62828}
        @media screen and (prefers-color-scheme:dark){:root{--wrong:#ff8a80}}
        @media print{:root{--text:#000;--soft:#444;--rule:#bbb;--card:#fff}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        section.file{break-before:page}figure,.chain,tr{break-inside:avoid}body{max-width:none!important}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:70rem;background:var(--page);color:var(--text);
        font:16px/1.5 system-ui,sans-serif}
        h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--rule)}
        h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
        header p,footer,figcaption,.note{color:var(--soft);font-size:.9rem}footer{margin-top:3rem}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .55rem;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
        th:first-child,td:first-child,.text td,.text th{text-align:left}.text td,.text th{white-space:normal;vertical-align:top}
        th{font-weight:600}.range{color:var(--soft)}
        @media screen and (max-width:48rem){th,td{padding:.3rem .35rem;white-space:normal}.range{display:block;white-space:nowrap}
        .wide,.wide tbody,.wide tr,.wide td{display:block}.wide thead{display:none}.wide tr{padding:.4rem 0;border-bottom:1px solid var(--rule)}
        .wide td,.wide td:first-child{display:flex;gap:1rem;justify-content:space-between;text-align:right;border:0;padding:.1rem 0}
        .wide td::before{content:attr(data-label);color:var(--soft);text-align:left;flex:none}.wide td:empty{display:none}.wide .range{display:inline}}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1rem}
        figure{margin:0;padding:.7rem;background:var(--card);border-radius:8px}figcaption{margin-bottom:.3rem}
        svg{display:block;width:100%;height:auto}
        .matrix{max-width:27rem;margin:auto}.matrix text{font:13px system-ui,sans-serif;fill:var(--text)}.matrix rect{fill:#3b82c4}
        .chain{margin:1rem 0}.chain h4{margin:0;font-size:.95rem}.chain svg{max-width:60rem;margin:.3rem 0}
        .strip text{font:10px ui-monospace,monospace;fill:var(--text)}.strip .name{fill:var(--soft)}
        .key span{display:inline-block;width:.9em;height:.9em;margin:0 .3em 0 1em;border-radius:2px;vertical-align:-.1em}
        .paper{background:#fff;border-radius:6px;padding:.3rem;color:#222}.paper svg{max-height:16rem}
        .paper polyline{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
        .paper text{font:15px sans-serif;fill:#222}
        .reading{margin:.3rem 0;font-size:1.05rem;overflow-wrap:anywhere;white-space:pre-wrap}
        .reading b{display:inline-block;min-width:4.5rem;font-weight:600;color:var(--soft);font-size:.85rem}
        del,ins,mark{text-decoration:none;background:none;color:var(--wrong);font-weight:600;
        border-bottom:2px solid var(--wrong)}

        """
}

/// Parts of pages.
package enum HTML {
    /// A table of cells that are already HTML.
    ///
    /// Where a screen is narrow, one of many columns becomes a list of names and values a row.
    package static func table(_ head: [String], _ rows: [[String]], of kind: String = "") -> String {
        let isWide = head.count > 6
        let labels = head.map { isWide ? " data-label=\"\($0)\"" : "" }
        let cells = rows.map { row in
            "<tr>\(zip(labels, row).map { "<td\($0)>\($1)</td>" }.joined())</tr>\n"
        }.joined()
        return "<div class=\"scroll\"><table class=\"\(kind)\(isWide ? " wide" : "")\"><thead><tr>"
            + head.map { "<th>\($0)</th>" }.joined() + "</tr></thead><tbody>\n\(cells)</tbody></table></div>\n"
    }

    /// A fraction in percent with its interval.
    package static func cell(_ figure: some MeasuredFigure) -> String {
        fixed(100 * figure.value, 1) + (figure.range(1).map { " <span class=\"range\">\($0)</span>" } ?? "")
    }

    /// A drawing with its title above it.
    package static func figure(_ caption: String, _ drawing: String) -> String {
        "<figure><figcaption>\(caption)</figcaption>\n\(drawing)</figure>\n"
    }

    /// Drawings side by side, if there is room.
    package static func charts(_ figures: [String]) -> String { "<div class=\"charts\">\n\(figures.joined())</div>\n" }
}

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
