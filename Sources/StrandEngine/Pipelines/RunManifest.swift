import FoundationEssentials
import StrandBytes
import StrandNetwork

/// What was run, how, on which inputs, and the outcome.
public struct RunManifest: Sendable, Codable {
    /// An input file.
    public struct Input: Sendable, Equatable, Codable {
        public var file: String
        /// Hash of the bytes that were read, as stored; nil in manifests of old versions for standard input.
        public var sha256: String?

        package init(file: String, sha256: String?) {
            (self.file, self.sha256) = (file, sha256)
        }
    }

    /// What was known of relatives, of a model that sees profiles.
    public struct Profiles: Sendable, Equatable, Codable {
        public var records: Int
        public var withoutRelatives: Int
        public var medianNeff: Double

        package init(records: Int, withoutRelatives: Int, medianNeff: Double) {
            (self.records, self.withoutRelatives, self.medianNeff) = (records, withoutRelatives, medianNeff)
        }
    }

    public var program = "strand \(strandVersion)"
    public var version = strandVersion
    /// The commit the program was built from.
    public var commit = strandCommit
    /// When the run began, in UTC (ISO 8601).
    public var date = Date.now.formatted(.iso8601)
    public var verb: String
    /// The command line after the program's name.
    public var options: [String]
    /// The path of the kernels, its precision, and the threads that computed.
    public var kernels: String
    public var precision: String
    public var threads: Int
    public var model: String
    /// Of the model's file.
    public var modelSHA256 = ""
    public var format: String
    public var states: Int?
    /// How the text of ink was decoded.
    public var decoding: String?
    public var shard: String
    /// What else the output depends on; equal for all shards of a run.
    public var settings: [String]
    public var inputs: [Input] = []
    /// Files of profiles or features beside the inputs.
    public var features: [Input]?
    public var output: String
    /// Hash of the output as stored; nil for a folder.
    public var outputSHA256: String?
    public var records = 0
    /// Residues, or points of ink.
    public var symbols = 0
    public var rejected = 0
    /// Records with the id of an earlier one; only among the first 4,194,304.
    public var repeatedIDs = 0
    /// The repairs, in words.
    public var repairs: String?
    /// Of the records of the last attempt; nil: the model sees no profiles.
    public var profiles: Profiles?
    public var resumedAfterRecords = 0
    /// Of the last attempt.
    public var seconds = 0.0
    /// Peak memory of the program.
    public var peakMegabytes = 0

    public init(
        verb: String, options: [String], model: String, format: String, states: Int? = nil, decoding: String? = nil,
        settings: [String], shard: Shard, output: RecordDestination, compute: Compute
    ) {
        self.verb = verb
        self.options = options
        self.model = model
        self.format = format
        self.states = states
        self.decoding = decoding
        self.settings = settings
        self.shard = shard.description
        self.output = output.name
        kernels = compute.path.rawValue
        precision = compute.path.precision.rawValue
        threads = compute.threads
    }

    /// What must be equal for outputs to be parts of one whole, in words.
    package var work: [String] {
        ["strand \(version)", "the verb \(verb)", "the model \(model)", "a model of SHA-256 \(modelSHA256)"] + settings
    }

    /// The manifest that a shard has beside its output.
    package static func path(beside output: String) -> String { output + ".manifest.json" }

    /// The manifest beside an output; nil if there is none that can be read.
    package init?(beside output: String) { self.init(path: Self.path(beside: output)) }

    /// Whether there is no such file, or a manifest.
    static func isOne(_ path: String) -> Bool { !FileState.exists(path) || RunManifest(path: path) != nil }

    /// Whether the file is a manifest; of one that is no object only the start is read.
    package static func isManifest(_ path: String) -> Bool {
        guard FileState.isFile(path), FileState.exists(path) else { return false }
        var bytes = ByteReader(.file(path))
        return (try? bytes.lookAhead(1).first) == UInt8(ascii: "{") && RunManifest(path: path) != nil
    }

    private init?(path: String) {
        let bytes = ByteReader.contents(of: path, limit: 1 << 24)
        guard let bytes, let manifest = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = manifest
    }

    public func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Self.write(try encoder.encode(self), to: path)
    }

    /// The counts as MultiQC's custom content (docs.seqera.io/multiqc/custom_content).
    /// - Parameters:
    ///   - sample: the name of the row, under which MultiQC keeps one row alone.
    ///   - unit: the unit of `symbols`.
    public func writeForMultiQC(to path: String, sample: String, unit: String) throws {
        struct Content: Encodable {
            public struct Plot: Encodable {
                public var id: String
                public var title: String
            }
            public var id: String
            public var sectionName: String
            public var description: String
            public var plotType = "table"
            public var pconfig: Plot
            public var data: [String: [String: Double]]
        }
        let counts = [
            "records": Double(records), unit + "s": Double(symbols), "rejected": Double(rejected),
            "repeated_ids": Double(repeatedIDs), "seconds": seconds,
        ]
        let content = Content(
            id: "strand_\(verb)", sectionName: "Strand: \(verb)", description: "Counts of strand \(verb).",
            pconfig: .init(id: "strand_\(verb)_table", title: "Strand: \(verb)"), data: [sample: counts])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try Self.write(try encoder.encode(content), to: path)
    }

    private static func write(_ data: Data, to path: String) throws(FormatError) {
        try ByteWriter.write(Array(data) + [UInt8(ascii: "\n")], to: ByteDestination(argument: path))
    }
}
