import ArgumentParser
import Strand

extension PipelineOptions {
    /// - Throws: `ValidationError` for options that exclude each other.
    func check(_ output: OutputOptions, _ folder: FolderOutput) throws {
        if folder.outputDir != nil && !output.isStandardOutput {
            throw ValidationError("'--output' and '--output-dir' exclude each other: give one of them")
        }
        if folder.outputDir != nil && (resume || shard != .whole) {
            throw ValidationError("'--resume' and '--shard' are for one output, not for '--output-dir'")
        }
    }

    /// Runs `work` over all records of `files`, from the first to the last, into `output`, with all that these options
    /// ask for.
    ///
    /// - Parameters:
    ///   - destination: where the output lies, beside which rejects go.
    ///   - manifest: what is known of the run beforehand.
    ///   - modelSHA256: the hash of the model, found where it is wanted.
    ///   - open: makes the reader of a file.
    /// - Returns: the work, when all is done.
    /// - Throws: `FormatError`, `Interrupted`.
    func run<Work: RecordWork, Source: RecordSource & ~Copyable>(
        _ work: Work, over files: [String], into output: consuming RecordOutput, at destination: ByteDestination,
        _ manifest: inout RunManifest, modelSHA256: @autoclosure () -> String, open: (ByteSource) -> Source
    ) throws -> Work where Source.Record == Work.Record {
        var pipeline = try Pipeline(work, into: output, options: self, rejects: rejectPath(beside: destination))
        do {
            for file in files {
                var source = open(ByteSource(argument: file))
                try pipeline.run(over: &source)
            }
        } catch let error as Interrupted {
            pipeline.suspend()
            throw error
        }
        let work = try pipeline.finish(&manifest)
        if let multiqc { try manifest.writeForMultiQC(to: multiqc, unit: Work.nouns.unit) }
        if let path = self.manifest {
            manifest.modelSHA256 = modelSHA256()
            try manifest.name(inputs: files)
            try manifest.write(to: path)
        }
        return work
    }

    /// Where rejects go beside an output; nil: to standard error.
    private func rejectPath(beside destination: ByteDestination) -> String? {
        guard onError == .skip else { return nil }
        if let rejects { return rejects == "-" ? nil : rejects }
        guard case .file(let path) = destination else { return nil }
        return path + ".rejects.tsv"
    }

    /// What must be the same for one run to go on where another stopped.
    /// - Parameters:
    ///   - verb: the command.
    ///   - model: the model's name, and its hash unless it is the one inside the program.
    ///   - settings: all else that the output depends on.
    func identity(
        of verb: String, model: (name: String, sha256: String?), _ settings: [String], files: [String]
    ) -> String {
        var parts = ["strand \(strandVersion) \(verb)", "model \(model.name)"]
        if let sha256 = model.sha256 { parts.append(sha256) }
        parts += settings + ["shard \(shard.description)", "on-error \(onError.rawValue)"]
        return (parts + files.map(FileState.description(of:))).joined(separator: ", ").replacing("\n", with: " ")
    }
}
