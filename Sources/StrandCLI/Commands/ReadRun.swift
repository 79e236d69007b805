import Strand
import StrandFormats
import StrandInkXML
import StrandNetwork

/// Reading of any number of files of ink into one output, in windows of bounded size and in their order.
struct ReadRun: ~Copyable {
    private let reader: InkReader
    private let compute: Compute
    private let format: ReadingFormat
    private let isStreamed: Bool
    private var writer: ByteWriter
    private let plot: ByteDestination?
    private var drawing = InkDrawing()
    private let progress: Progress
    private var samples = 0
    private var characters = 0
    private var emptySamples = 0

    /// Points of ink gathered before reading.
    private static let windowSize = 1 << 16

    init(
        reader: InkReader, compute: Compute, format: ReadingFormat, destination: ByteDestination, plot: ByteDestination?
    ) throws(FormatError) {
        var writer = try ByteWriter(destination)
        try writer.write(format.preamble)
        self.reader = reader
        self.compute = compute
        self.format = format
        self.writer = writer
        self.plot = plot
        isStreamed = destination == .standardOutput
        progress = Progress(isBesideOutput: isStreamed)
    }

    /// Reads all samples of one file.
    mutating func read(_ source: ByteSource) throws(FormatError) {
        var input = InkFileReader(source)
        var window: [InkSample] = []
        var points = 0
        while let sample = try input.next() {
            points += sample.pointCount
            window.append(sample)
            if points >= Self.windowSize {
                try read(window)
                (window, points) = ([], 0)
            }
        }
        try read(window)
    }

    private mutating func read(_ window: [InkSample]) throws(FormatError) {
        let readings = reader.read(window.map(\.strokes), on: compute)
        for (sample, reading) in zip(window, readings) {
            try writer.write(format.bytes(of: reading, id: sample.id))
            if sample.pointCount == 0 { emptySamples += 1 }
            characters += reading.text.count
            if plot != nil { drawing.add(sample, reading) }
        }
        if isStreamed { try writer.flush() }
        samples += window.count
        progress.update(summary)
    }

    private var summary: String {
        "\(counted(samples, "sample")), \(counted(characters, "character")), "
            + "\(grouped(Int(Double(characters) / max(progress.seconds, 1e-3)))) characters/s"
    }

    /// Completes the output and tells what was without ink.
    consuming func finish() throws(FormatError) {
        let (last, showsSummary, empty, plot, drawing) = (summary, progress.isShown, emptySamples, plot, drawing)
        progress.clear()
        try writer.finish()
        if let plot {
            var file = try ByteWriter(plot)
            try file.write(drawing.svg)
            try file.finish()
        }
        if showsSummary { Terminal.message(last) }
        if empty > 0 { Terminal.message("\(counted(empty, "sample")) without ink: read as empty text") }
    }
}
