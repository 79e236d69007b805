import Strand

/// Conversion of any number of files of ink into one output.
struct ConvertRun<Writer: InkSampleWriter & ~Copyable>: ~Copyable {
    private var writer: Writer
    private let progress: Progress
    private var sampleCount = 0
    private var ids: Set<String> = []
    private var repeatedIDs = 0
    private var emptySamples = 0
    private var skippedIncludes: [String] = []

    init(into writer: consuming Writer, isBesideOutput: Bool) {
        self.writer = writer
        progress = Progress(isBesideOutput: isBesideOutput)
    }

    /// Converts all samples of one file.
    mutating func convert(_ source: consuming InkFileReader) throws(FormatError) {
        var reader = source
        while let sample = try reader.next() {
            try writer.write(sample)
            sampleCount += 1
            if sample.pointCount == 0 { emptySamples += 1 }
            if !ids.insert(sample.id).inserted { repeatedIDs += 1 }
            progress.update(counted(sampleCount, "sample"))
        }
        skippedIncludes += reader.skippedIncludes
    }

    /// Completes the output and tells what was left out.
    consuming func finish() throws(FormatError) {
        var notes: [String] = []
        if !writer.losses.isEmpty { notes.append("left out, as the format has no place for it: \(writer.losses)") }
        if emptySamples > 0 { notes.append("\(counted(emptySamples, "sample")) without any point") }
        if repeatedIDs > 0 { notes.append("\(counted(repeatedIDs, "sample")) with the id of one before") }
        if let first = skippedIncludes.first {
            let files = counted(skippedIncludes.count, "included file")
            notes.append("skipped \(files) not found, the first of them '\(first)'")
        }
        let (total, showsTotal) = (counted(sampleCount, "sample"), progress.isShown)
        progress.clear()
        try writer.finish()
        if showsTotal { Terminal.message(total) }
        for note in notes { Terminal.message(note) }
    }
}
