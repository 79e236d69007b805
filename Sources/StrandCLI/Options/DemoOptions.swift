import ArgumentParser
import FoundationEssentials
import StrandFormats

/// Where a demonstration leaves its figures besides the table.
struct DemoOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write the figures as JSON.", valueName: "file"), completion: .file())
    var json: String?

    @Option(help: ArgumentHelp("Draw the figures (SVG).", valueName: "file"), completion: .file())
    var plot: String?

    func write(_ figures: some Encodable, drawing: PlotSheet) throws {
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let bytes = Array(try encoder.encode(figures)) + [UInt8(ascii: "\n")]
            try ByteWriter.write(bytes, to: ByteDestination(argument: json))
        }
        if let plot { try ByteWriter.write(Array(drawing.svg.utf8), to: ByteDestination(argument: plot)) }
    }
}
