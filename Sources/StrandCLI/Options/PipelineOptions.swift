import ArgumentParser
import Strand

/// Options that make long runs over many records safe.
struct PipelineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only every n-th record, from record i: i/n with i from 0. 'strand merge' puts shards together.",
            valueName: "i/n"))
    var shard = Shard.whole

    @Flag(help: "Go on where an interrupted run stopped, to the same bytes as without interruption.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            """
            On a record, or one of several files, that cannot be read: stop, or skip it, note it among the rejects and \
            exit with status 3.
            """,
            valueName: "policy"))
    var onError = PipelineSettings.ErrorPolicy.stop

    @Option(
        help: ArgumentHelp(
            """
            Where skipped records are noted: file, line, record, reason (default: the output's name and '.rejects.tsv'; \
            standard error beside standard output).
            """, valueName: "file"), completion: .file())
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Write what was run, on what, and what came of it, as JSON.", valueName: "file"), completion: .file())
    var manifest: String?

    @Option(
        help: ArgumentHelp("Write the counts for MultiQC, as custom content (name it *_mqc.json).", valueName: "file"),
        completion: .file())
    var multiqc: String?

    @Option(help: ArgumentHelp("Name of the row for MultiQC (default: that of the first input).", valueName: "name"))
    var sample: String?

    func validate() throws {
        if sample != nil && multiqc == nil { throw ValidationError("--sample names the row of --multiqc: give both") }
        if rejects != nil && onError == .stop { throw ValidationError("--rejects needs --on-error skip") }
    }
}

extension PipelineOptions {
    var settings: PipelineSettings {
        var settings = PipelineSettings()
        settings.shard = shard
        settings.isResuming = resume
        settings.onError = onError
        settings.rejects = rejects
        settings.manifest = manifest
        settings.multiqc = multiqc
        settings.sample = sample
        return settings
    }

    /// Where results go.
    /// - Throws: `ValidationError` for options that exclude each other.
    func destination(_ output: OutputOptions, _ folder: FolderOutput) throws -> RecordDestination {
        guard let path = folder.outputDir else {
            if resume && !ResumableWriter.canResume(output.destination) {
                throw ValidationError(
                    "'--resume' needs a file as '--output': what went to standard output, a pipe or a device is gone")
            }
            return .one(output.destination)
        }
        if !output.isStandardOutput {
            throw ValidationError("'--output' and '--output-dir' exclude each other: give one of them")
        }
        if shard != .whole { throw ValidationError("'--shard' is for one output, not for '--output-dir'") }
        return .folder(path, isCompressed: folder.gzip)
    }
}

extension PipelineSettings {
    /// Checks the files of a run before its work starts.
    /// - Parameters:
    ///   - inputs: the files that are read.
    ///   - others: further files that are written.
    func check(
        reading inputs: [String?], into output: RecordDestination, and others: [(path: String?, role: String)] = []
    ) throws {
        if isResuming, let stream = inputs.compactMap(\.self).first(where: { !FileState.isFile($0) }) {
            throw ValidationError(
                "'--resume' needs files: what comes through '\(stream)' cannot be known to be what came before")
        }
        try RunFiles.check(reading: inputs.compactMap { $0 }, writing: outputs(output) + others)
        try checkSideFiles(of: output)
    }

    /// Whether there is nothing to do, because the output to resume is whole.
    /// - Parameters:
    ///   - identity: identifies the work.
    ///   - files: records to process.
    ///   - others: further files that are written.
    func isDone(
        _ output: RecordDestination, identity: String, files: [String], others: [String?] = []
    ) throws -> Bool {
        guard case .whole(let isKnown) = try self.output(at: output, identity: identity, files: files) else {
            return false
        }
        let missing = (outputs(output).map(\.path) + others).compactMap(\.self).filter { !FileState.exists($0) }
        if !missing.isEmpty {
            Terminal.message("\(output.name): whole already, made anew with \(missing.joined(separator: " and "))")
            return false
        }
        let doubt = isKnown ? "" : ", though nothing tells what it was made with; leave out --resume to make it anew"
        Terminal.message("\(output.name): whole already, nothing to resume\(doubt)")
        if hasRejects(beside: output) { throw RecordsRejected() }
        return true
    }
}

extension PipelineSettings.ErrorPolicy: ExpressibleByArgument {}

extension Shard: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public var defaultValueDescription: String { description }
}

extension Shard {
    /// Says, where it is a part, that parts in a format cannot be merged.
    func warnOfMerge(_ format: String) {
        guard self != .whole else { return }
        Terminal.message(
            "warning: 'strand merge' cannot put shards of \(format) into the order of the input: "
                + "its lines do not show where a record ends")
    }
}
