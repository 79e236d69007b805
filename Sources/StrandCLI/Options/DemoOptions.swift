import ArgumentParser
import FoundationEssentials
import Strand

/// Where a demonstration writes its figures besides the table.
struct DemoOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write the figures as JSON.", valueName: "file"), completion: .file())
    var json: String?

    @Option(help: ArgumentHelp("Draw the figures (SVG).", valueName: "file"), completion: .file())
    var plot: String?

    /// Opened before the long work, so that an unwritable path fails at once.
    func makeOutput(reading files: [String?] = []) throws -> DemoOutput {
        try RunFiles.check(reading: files.compactMap { $0 }, writing: [(json, "JSON"), (plot, "drawing")])
        return DemoOutput(
            json: try json.map { try ByteWriter(ByteDestination(argument: $0)) },
            plot: try plot.map { try ByteWriter(ByteDestination(argument: $0)) })
    }
}

/// The files of a demonstration.
struct DemoOutput: ~Copyable {
    fileprivate let json: ByteWriter?
    fileprivate let plot: ByteWriter?

    fileprivate init(json: consuming ByteWriter?, plot: consuming ByteWriter?) {
        self.json = json
        self.plot = plot
    }

    consuming func write(_ figures: some Encodable, drawing: PlotSheet) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try Self.finish(json, Array(try encoder.encode(figures)) + [UInt8(ascii: "\n")])
        try Self.finish(plot, Array(drawing.svg.utf8))
    }

    private static func finish(_ writer: consuming ByteWriter?, _ bytes: [UInt8]) throws {
        guard var writer else { return }
        try writer.write(bytes)
        _ = try writer.finish()
    }
}
