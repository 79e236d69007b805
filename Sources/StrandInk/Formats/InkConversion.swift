import StrandBytes
import StrandEngine

/// Converts files of ink into one output.
public struct InkConversion<Writer: InkSampleWriter & ~Copyable>: ~Copyable {
    private var writer: Writer
    private let observer: any RunObserver
    private let axes: InkAxes
    private var leftOut: LeftOut
    private var sampleCount = 0
    private var repeatedIDs = RepeatedIDs()
    private var emptySamples = 0
    private var repairs = InkRepairs()

    /// - Parameters:
    ///   - axes: how the files' coordinates are meant.
    ///   - leftOut: what becomes of samples and files that cannot be read.
    public init(into writer: consuming Writer, axes: InkAxes = .usual, leftOut: LeftOut, observer: any RunObserver) {
        self.writer = writer
        self.leftOut = leftOut
        self.axes = axes
        self.observer = observer
    }

    /// Converts all samples of one file.
    public mutating func convert(_ source: consuming InkFileReader) throws(FormatError) {
        var reader = source
        while let sample = try reader.next(leavingOut: { error throws(FormatError) in try leftOut.note(error) }) {
            try writer.write(axes.upright(sample))
            repairs += reader.takeRepairs()
            sampleCount += 1
            if sample.pointCount == 0 { emptySamples += 1 }
            repeatedIDs.note(Array(sample.id.utf8))
            observer.progress(counted(sampleCount, "sample"))
        }
        repairs += reader.takeRepairs()
    }

    /// Completes the output and reports what the format had no place for.
    /// - Returns: how many samples, and rests of files, could not be read.
    public consuming func finish() throws(FormatError) -> Int {
        var notes = repairs.isEmpty ? [] : ["repaired: \(repairs)"]
        if !writer.losses.isEmpty { notes.append("left out, as the format has no place for it: \(writer.losses)") }
        if emptySamples > 0 { notes.append("\(counted(emptySamples, "sample")) without any point") }
        if repeatedIDs.count > 0 { notes.append("\(counted(repeatedIDs.count, "sample")) with the id of one before") }
        let (total, observer, faulty) = (counted(sampleCount, "sample"), observer, leftOut.count)
        try writer.finish()
        observer.done(total)
        for note in notes { observer.message(note) }
        return faulty
    }
}
