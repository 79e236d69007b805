import ArgumentParser
import FoundationEssentials
import StrandFormats

/// How figures are shown.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write the figures as JSON; '-' is standard output.", valueName: "file"))
    var json: String?

    @Flag(help: "Print a Markdown table, a row a file, instead of all figures.")
    var markdown = false

    /// Prints tables, and writes the JSON if it is asked for.
    func show<Report: FigureReport>(_ reports: [Report]) throws {
        if markdown {
            print(Report.markdown(reports))
        } else if json != "-" {
            for report in reports { print(report.table) }
        }
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var writer = try ByteWriter(ByteDestination(argument: json))
        try writer.write(Array(try encoder.encode(reports)) + [UInt8(ascii: "\n")])
        try writer.finish()
    }
}

/// Figures of one file.
protocol FigureReport: Encodable {
    /// For people.
    var table: String { get }
    /// A table with a row a file.
    static func markdown(_ reports: [Self]) -> String
}

extension TextReport: FigureReport {}
