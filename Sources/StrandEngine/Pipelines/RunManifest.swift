import FoundationEssentials
import StrandBytes

/// What was run, on which inputs, and the outcome.
public struct RunManifest: Sendable, Codable {
    /// An input file.
    public struct Input: Sendable, Codable {
        public var file: String
        /// Hash of the file as stored; nil for standard input.
        public var sha256: String?
    }

    public var program = "strand \(strandVersion)"
    public var verb: String
    public var model: String
    /// Of the model's file.
    public var modelSHA256 = ""
    public var format: String
    public var states: Int?
    /// How the text of ink was decoded.
    public var decoding: String?
    public var shard: String
    public var inputs: [Input] = []
    public var output: String
    public var records = 0
    /// Residues, or points of ink.
    public var symbols = 0
    public var rejected = 0
    /// Records with the id of an earlier one; only among the first 4,194,304.
    public var repeatedIDs = 0
    /// The repairs, in words.
    public var repairs: String?
    public var resumedAfterRecords = 0
    /// Of the last attempt.
    public var seconds = 0.0
    /// Peak memory of the program.
    public var peakMegabytes = 0

    public init(
        verb: String, model: String, format: String, states: Int? = nil, decoding: String? = nil, shard: String,
        output: String
    ) {
        self.verb = verb
        self.model = model
        self.format = format
        self.states = states
        self.decoding = decoding
        self.shard = shard
        self.output = output
    }

    /// Reads the inputs once more, for their hashes.
    public mutating func name(inputs files: [String]) throws(FormatError) {
        for file in files {
            inputs.append(Input(file: file, sha256: file == "-" ? nil : try SHA256.hexDigest(ofFile: file)))
        }
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
