import StrandBytes
import StrandEngine

/// Converts files of ink into one output.
public struct InkConversion<Writer: InkSampleWriter & ~Copyable>: ~Copyable {
    private var writer: Writer
    private let observer: any RunObserver
    private let axes: InkAxes
    private var sampleCount = 0
    private var repeatedIDs = RepeatedIDs()
    private var emptySamples = 0
    private var repairs = InkRepairs()

    /// - Parameter axes: how the files' coordinates are meant.
    public init(into writer: consuming Writer, axes: InkAxes = .usual, observer: any RunObserver) {
        self.writer = writer
        self.axes = axes
        self.observer = observer
    }

    /// Converts all samples of one file.
    public mutating func convert(_ source: consuming InkFileReader) throws(FormatError) {
        var reader = source
        while let sample = try reader.next() {
            try writer.write(axes.upright(sample))
            repairs += reader.takeRepairs()
            sampleCount += 1
            if sample.pointCount == 0 { emptySamples += 1 }
            repeatedIDs.note(Array(sample.id.utf8))
            observer.progress(counted(sampleCount, "sample"))
        }
        repairs += reader.takeRepairs()
    }

    /// Completes the output and reports what was left out.
    public consuming func finish() throws(FormatError) {
        var notes = repairs.isEmpty ? [] : ["repaired: \(repairs)"]
        if !writer.losses.isEmpty { notes.append("left out, as the format has no place for it: \(writer.losses)") }
        if emptySamples > 0 { notes.append("\(counted(emptySamples, "sample")) without any point") }
        if repeatedIDs.count > 0 { notes.append("\(counted(repeatedIDs.count, "sample")) with the id of one before") }
        let (total, observer) = (counted(sampleCount, "sample"), observer)
        try writer.finish()
        observer.done(total)
        for note in notes { observer.message(note) }
    }
}
