import ArgumentParser
import Strand

struct PlotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draws the course of trainings: loss and validation figures by epoch.",
        discussion: """
            Each file is a log that 'strand train --log' wrote, also one that is still being written. Loss is drawn in \
            one chart, each validation figure in another, a curve a log. The drawing is SVG.

            EXAMPLES:
              strand plot run.jsonl -o run.svg
              strand plot small.jsonl large.jsonl -o both.svg
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Logs of trainings.", valueName: "file"), completion: .file())
    var files: [String]

    func run() throws {
        try RunFiles.check(reading: files, writing: [(output.output, "output")])
        var logs: [TrainingLog] = []
        for file in files { logs.append(try TrainingLog(path: file)) }
        try ByteWriter.write(Array(TrainingPlots(logs).svg.utf8), to: output.destination)
    }
}
