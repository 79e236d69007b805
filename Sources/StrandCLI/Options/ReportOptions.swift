import ArgumentParser
import FoundationEssentials
import Strand

/// How to show figures.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write the figures as JSON; '-' is standard output.", valueName: "file"), completion: .file()
    )
    var json: String?

    @Option(
        help: ArgumentHelp(
            "Write a page with all figures, charts and the worst cases as HTML, in one file.", valueName: "file"),
        completion: .file())
    var report: String?

    @Flag(help: "Print a Markdown table, a row a file, instead of all figures.")
    var markdown = false

    /// Checks before work starts that no report replaces a file or another report.
    func check(reading files: [String?]) throws(FormatError) {
        let table = markdown ? "-" : nil
        try RunFiles.check(
            reading: files.compactMap { $0 }, writing: [(table, "table"), (json, "JSON"), (report, "page")])
    }

    /// Prints tables, and writes the JSON and the page if requested.
    func show<Report: FigureReport>(_ reports: [Report], page: () -> HTMLPage) throws {
        if markdown {
            try Terminal.output(Report.markdown(reports))
        } else if json != "-" {
            for report in reports { try Terminal.output(report.table) }
        }
        if let report { try ByteWriter.write(page().bytes, to: ByteDestination(argument: report)) }
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(reports)) + [UInt8(ascii: "\n")]
        try ByteWriter.write(bytes, to: ByteDestination(argument: json))
    }
}
