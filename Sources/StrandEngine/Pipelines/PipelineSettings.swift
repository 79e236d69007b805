import StrandBytes

/// What makes long runs over many records safe.
public struct PipelineSettings: Sendable {
    /// What happens to a record that cannot be read.
    public enum ErrorPolicy: String, Sendable, CaseIterable {
        case stop, skip
    }

    /// The records that are worked on.
    public var shard = Shard.whole
    /// Whether to go on where an interrupted run stopped.
    public var isResuming = false
    public var onError = ErrorPolicy.stop
    /// Where skipped records are noted; nil: beside the output, or to the observer.
    public var rejects: String?
    /// Where what was run is written as JSON.
    public var manifest: String?
    /// Where the counts are written for MultiQC.
    public var multiqc: String?

    public init() {}

    /// Where rejects go beside an output; nil: to the observer.
    func rejectPath(beside output: RecordDestination) -> String? {
        guard onError == .skip else { return nil }
        if let rejects { return rejects == "-" ? nil : rejects }
        guard case .one(.file(let path)) = output else { return nil }
        return path + ".rejects.tsv"
    }

    /// What must be the same for one run to go on where another stopped.
    /// - Parameters:
    ///   - verb: the command.
    ///   - model: the model's name, and its hash unless it is the one inside the program.
    ///   - settings: all else that the output depends on.
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
    /// A file for each record in a folder, which is made where it is missing.
    case folder(String, isCompressed: Bool)

    /// The name that the manifest gives it.
    public var name: String {
        switch self {
        case .one(.standardOutput): "-"
        case .one(let output): output.name
        case .folder(let path, _): path
        }
    }
}
