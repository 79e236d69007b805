import StrandBytes
import StrandEngine

/// Converts files of ink into one output.
public struct InkConversion<Writer: InkSampleWriter & ~Copyable>: ~Copyable {
    private var writer: Writer
    private let observer: any RunObserver
    private var sampleCount = 0
    private var repeatedIDs = RepeatedIDs()
    private var emptySamples = 0
    private var skippedIncludes: [String] = []

    public init(into writer: consuming Writer, observer: any RunObserver) {
        self.writer = writer
        self.observer = observer
    }

    /// Converts all samples of one file.
    public mutating func convert(_ source: consuming InkFileReader) throws(FormatError) {
        var reader = source
        while let sample = try reader.next() {
            try writer.write(sample)
            sampleCount += 1
            if sample.pointCount == 0 { emptySamples += 1 }
            repeatedIDs.note(Array(sample.id.utf8))
            observer.progress(counted(sampleCount, "sample"))
        }
        skippedIncludes += reader.skippedIncludes
    }

    /// Completes the output and reports what was left out.
    public consuming func finish() throws(FormatError) {
        var notes: [String] = []
        if !writer.losses.isEmpty { notes.append("left out, as the format has no place for it: \(writer.losses)") }
        if emptySamples > 0 { notes.append("\(counted(emptySamples, "sample")) without any point") }
        if repeatedIDs.count > 0 { notes.append("\(counted(repeatedIDs.count, "sample")) with the id of one before") }
        if let first = skippedIncludes.first {
            let files = counted(skippedIncludes.count, "included file")
            notes.append("skipped \(files) not found, the first of them '\(first)'")
        }
        let (total, observer) = (counted(sampleCount, "sample"), observer)
        try writer.finish()
        observer.done(total)
        for note in notes { observer.message(note) }
    }
}
