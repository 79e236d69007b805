import StrandBytes

/// Settings that make long runs over many records safe.
public struct PipelineSettings: Sendable {
    /// What to do with an unreadable record.
    public enum ErrorPolicy: String, Sendable, CaseIterable {
        case stop, skip
    }

    /// The records to process.
    public var shard = Shard.whole
    /// Whether to resume an interrupted run.
    public var isResuming = false
    public var onError = ErrorPolicy.stop
    /// Where to log skipped records; nil: beside the output, or to the observer.
    public var rejects: String?
    /// Where to write the run's manifest as JSON.
    public var manifest: String?
    /// Where to write the counts for MultiQC.
    public var multiqc: String?
    /// The name of the row there; nil: that of the first input.
    public var sample: String?

    public init() {}

    /// The log of rejects beside an output; nil: to the observer.
    func rejectPath(beside output: RecordDestination) -> String? {
        guard onError == .skip else { return nil }
        if let rejects { return rejects == "-" ? nil : rejects }
        guard case .one(.file(let path)) = output else { return nil }
        return path + ".rejects.tsv"
    }

    /// The name of the run's row for MultiQC: a shard of one input has a name of its own, without the `/` at which MultiQC
    /// cuts names.
    func sample(of files: [String]) -> String {
        if let sample { return sample }
        var name = fileName(of: files.first.map { ByteSource(argument: $0).name } ?? "strand")[...]
        for ending in [".gz", ".fasta", ".faa", ".fa", ".ssfa", ".jsonl"] where name.hasSuffix(ending) {
            name = name.dropLast(ending.count)
        }
        return shard == .whole ? String(name) : "\(name) \(shard.index) of \(shard.count)"
    }

    /// The manifests to write: the one that was asked for, and beside a shard the one by which shards are told apart.
    func manifests(beside output: RecordDestination) -> [String] {
        var paths = manifest.map { [$0] } ?? []
        if shard != .whole, case .one(.file(let path)) = output { paths.append(RunManifest.path(beside: path)) }
        return paths
    }

    /// Whether a manifest wants hashes.
    package func isHashing(beside output: RecordDestination) -> Bool { !manifests(beside: output).isEmpty }

    /// The files that a run writes, each with what it is.
    package func outputs(_ output: RecordDestination) -> [(path: String?, role: String)] {
        var all: [(String?, String)] = [(rejectPath(beside: output), "log of rejects")]
        if case .one = output { all.insert((output.name, "output"), at: 0) }
        all += manifests(beside: output).enumerated().map { ($1, $0 == 0 ? "manifest" : "manifest of the shard") }
        return all + [(multiqc, "report for MultiQC")]
    }

    /// Whether an output to resume is whole already.
    /// - Parameters:
    ///   - identity: identifies the work.
    ///   - files: the inputs.
    /// - Throws: `olderThanInput` if one of the inputs was changed since, `otherOutput`.
    package func output(
        at output: RecordDestination, identity: String, files: [String]
    ) throws(FormatError) -> ResumableWriter.Output {
        guard isResuming, case .one(let destination) = output else { return .unfinished }
        let newer = files.first { FileState.isNewer($0, than: destination.name) }
            .map { FormatError(file: destination.name, problem: .file(.olderThanInput($0))) }
        let found: ResumableWriter.Output
        do throws(FormatError) { found = try ResumableWriter.output(at: destination, identity: identity) } catch {
            throw newer ?? error
        }
        if found == .unfinished { return .unfinished }
        if let newer { throw newer }
        return found
    }

    /// Whether the log of an earlier run has rejects.
    package func hasRejects(beside output: RecordDestination) -> Bool {
        rejectPath(beside: output).map(RejectLog.hasRows) ?? false
    }

    /// Checks that what is written beside an output without being named replaces only what an earlier run wrote.
    /// - Throws: `foreignFile`.
    package func checkSideFiles(of output: RecordDestination) throws(FormatError) {
        if rejects == nil, let path = rejectPath(beside: output), !RejectLog.isOne(path) {
            throw FormatError(file: path, problem: .run(.foreignFile(not: "a log of rejects")))
        }
        if let path = manifests(beside: output).last, path != manifest, !RunManifest.isOne(path) {
            throw FormatError(file: path, problem: .run(.foreignFile(not: "a manifest")))
        }
    }

    /// Must be equal for one run to resume another.
    /// - Parameters:
    ///   - verb: the command.
    ///   - model: the model's name, and its hash unless it is the one inside the program.
    ///   - settings: everything else that affects the output.
    ///   - files: the inputs.
    package func identity(
        of verb: String, model: (name: String, sha256: String?), _ settings: [String], files: [String]
    ) -> String {
        var parts = ["strand \(strandVersion) \(verb)", "model \(model.name)"]
        if let sha256 = model.sha256 { parts.append(sha256) }
        parts += settings + ["shard \(shard)", "on-error \(onError.rawValue)"]
        return (parts + files.map(FileState.description(of:))).joined(separator: ", ").replacing("\n", with: " ")
    }
}

/// Where the results of records go.
public enum RecordDestination: Sendable, Equatable {
    /// All into one output.
    case one(ByteDestination)
    /// A file for each record in a folder, created if missing.
    case folder(String, isCompressed: Bool)

    /// The name in the manifest.
    public var name: String {
        switch self {
        case .one(.standardOutput): "-"
        case .one(let output): output.name
        case .folder(let path, _): path
        }
    }
}

/// What does not depend on settings.
enum PipelineLimits {
    /// Total size of the records between checkpoints.
    static let sizePerCheckpoint = 1 << 16
    /// Milliseconds a window waits for more records, so that slow input is still written soon.
    static let patience = 100
}
