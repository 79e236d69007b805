import StrandBytes
import StrandEngine
import StrandMetrics

/// A sample and its reading, ready to draw.
public struct ReadSample {
    package let sample: InkSample
    package let reading: InkReading
    package let errors: TextErrors

    /// Indices of the samples worth looking at: the highest error rates among texts of some length.
    package static func worst(_ errors: [TextErrors], limit: Int = 12, leastCharacters: Int = 5) -> [Int] {
        func rate(_ index: Int) -> Double { errors[index].characters.errorRate ?? 0 }
        return errors.indices.filter { errors[$0].characters.reference >= leastCharacters && !errors[$0].isExact }
            .sorted { (-rate($0), -errors[$0].characters.errors, $0) < (-rate($1), -errors[$1].characters.errors, $1) }
            .prefix(limit).map { $0 }
    }

    /// The sample as part of a page: the ink, the true text and the reading, with the differences marked.
    package var html: String {
        var drawing = InkDrawing()
        drawing.add(sample, reading)
        let edits = Alignment(reference: Array(sample.text ?? ""), hypothesis: Array(reading.text)).edits
        let truth = edits.map { Self.marked($0.reference, $0.kind, "del") }.joined()
        let read = edits.map { Self.marked($0.hypothesis, $0.kind, "ins") }.joined()
        let rate = errors.characters.errorRate ?? 0
        return "<div class=\"chain\"><div class=\"paper\">\(drawing.inline)</div>\n"
            + "<p class=\"reading\"><b>written</b>\(truth)\n<b>read</b>\(read)</p>\n"
            + "<p class=\"note\">\(sample.id.escapedForXML)\(sample.writer.map { ", writer \($0.escapedForXML)" } ?? ""); "
            + "CER \(fixed(100 * rate, 1)) %, probability \(fixed(reading.probability, 3))</p></div>\n"
    }

    private static func marked(_ character: Character?, _ kind: EditKind, _ tag: String) -> String {
        guard let character else { return "" }
        let text = String(character).escapedForXML
        return kind == .match ? text : kind == .substitution ? "<mark>\(text)</mark>" : "<\(tag)>\(text)</\(tag)>"
    }
}

extension HTMLPage {
    /// The report on one handwriting reader.
    /// - Parameter samples: for each report, the samples to draw.
    package static func ink(_ reports: [TextReport], samples: [[ReadSample]], subtitle: String) -> HTMLPage {
        var page = HTMLPage(title: "Handwriting: evaluation", subtitle: subtitle)
        page.sections.append(summary(reports))
        page.sections.append(Comparison.html(reports.flatMap(\.comparisons)))
        page.sections.append(published(PublishedFigure.ofInk, isNear: { _ in false }))
        for (report, samples) in zip(reports, samples) { page.sections.append(section(report, samples)) }
        return page
    }

    private static func summary(_ reports: [TextReport]) -> String {
        let hasReaders = Set(reports.map(\.reader)).count > 1
        let leftOut = reports.map(\.withoutText).max() ?? 0
        let rows = reports.map { report in
            [report.file.escapedForXML] + (hasReaders ? [report.reader.escapedForXML] : []) + [
                report.sampleCell, report.writers.map(grouped) ?? "-", grouped(report.characters.reference),
                report.characters.figure.map { HTML.cell($0) } ?? "-", report.words.figure.map { HTML.cell($0) } ?? "-",
                report.foldedCharacters.percent, report.unpunctuatedCharacters.percent, HTML.cell(report.exact),
            ]
        }
        return "<section><h2>Figures</h2>\n"
            + HTML.table(
                ["set"] + (hasReaders ? ["read by"] : []) + [
                    "samples", "writers", "characters", "CER % [95 %]", "WER % [95 %]",
                    "CER %, case folded", "CER %, no punctuation", "samples right %",
                ], rows)
            + "<p class=\"note\">CER = (S + D + I) / characters, over grapheme clusters of all samples together, case and "
            + "punctuation kept; WER over words between white space. Samples without a true text are left out"
            + "\(leftOut > 0 ? " (\(grouped(leftOut)))" : ""), those without a reading count as deletions. In brackets: "
            + "\(reports.first?.interval.escapedForXML ?? "").</p></section>\n"
    }

    private static func section(_ report: TextReport, _ samples: [ReadSample]) -> String {
        var html = "<section class=\"file\"><h2>\(report.file.escapedForXML)</h2>\n" + HTML.charts(charts(report))
        if !samples.isEmpty {
            html +=
                "<h3>The worst samples</h3>\n<p class=\"note\">Each character below its ink. Underlined: left out, put "
                + "in or taken for another.</p>\n" + samples.map(\.html).joined()
        }
        return html + "</section>\n"
    }

    private static func charts(_ report: TextReport) -> [String] {
        var figures: [String] = []
        if let writers = report.byWriter {
            let greatest = writers.map(\.errorRate).max() ?? 1
            let plot = Plot(
                title: "CER by writer", x: Axis("writers, the best first", 0...Double(max(writers.count, 1))),
                y: .percent("CER", 0...max((20 * greatest).rounded(.up) / 20, 0.05)),
                series: [
                    .init(
                        mark: .bars(
                            writers.enumerated().map { [Double($0.offset) + 0.5, $0.element.errorRate] }, width: 0.8))
                ])
            figures.append(HTML.figure("Character error rate of each writer", plot.svg))
        }
        if let calibration = report.calibration {
            figures.append(
                HTML.figure(
                    "Reliability of whole texts: expected calibration error "
                        + "\(fixed(100 * calibration.expectedCalibrationError, 2)) %",
                    ReportCharts.reliability(calibration).svg))
            figures.append(
                HTML.figure(
                    "Share of the most probable texts that is right",
                    ReportCharts.coverage([(name: "texts", points: report.coverage)]).svg))
        }
        figures.append(
            HTML.figure(
                "The most frequent errors",
                HTML.table(
                    ["", "with how often"],
                    report.errorLists.map { [$0.title, $0.errors.map(\.escapedForXML).joined(separator: "&emsp;")] },
                    of: "text")))
        return figures
    }
}
