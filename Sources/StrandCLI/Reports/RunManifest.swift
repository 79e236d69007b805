import FoundationEssentials
import Strand
import StrandFormats

/// What was run, on what, and what came of it.
struct RunManifest: Codable {
    /// An input file.
    struct Input: Codable {
        var file: String
        /// Of the file as it stands; nil of standard input.
        var sha256: String?
    }

    var program = "strand \(strandVersion)"
    var verb: String
    var model: String
    /// Of the model's file.
    var modelSHA256: String
    var format: String
    var states: Int?
    var shard: String
    var inputs: [Input] = []
    var output: String
    var records = 0
    /// Residues, or characters read.
    var symbols = 0
    var rejected = 0
    /// Records with the id of one before; among the first 4,194,304 where there are more.
    var repeatedIDs = 0
    /// What was repaired, in words.
    var repairs: String?
    var resumedAfterRecords = 0
    var seconds = 0.0

    /// Looks at the inputs once more, for their hashes.
    mutating func name(inputs files: [String]) throws(FormatError) {
        for file in files {
            inputs.append(Input(file: file, sha256: file == "-" ? nil : try SHA256.hexDigest(ofFile: file)))
        }
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Self.write(try encoder.encode(self), to: path)
    }

    /// The counts as MultiQC's custom content (docs.seqera.io/multiqc/custom_content).
    func writeForMultiQC(to path: String) throws {
        struct Content: Encodable {
            struct Plot: Encodable {
                var id = "strand_label_table"
                var title = "Strand: records"
            }
            var id = "strand_label"
            var sectionName = "Strand"
            var description = "Secondary structure by strand label."
            var plotType = "table"
            var pconfig = Plot()
            var data: [String: [String: Double]]
        }
        let name = output == "-" ? "strand" : fileName(of: output)
        let counts = [
            "records": Double(records), "residues": Double(symbols), "rejected": Double(rejected),
            "repeated_ids": Double(repeatedIDs), "seconds": seconds,
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try Self.write(try encoder.encode(Content(data: [name: counts])), to: path)
    }

    private static func write(_ data: Data, to path: String) throws(FormatError) {
        var writer = try ByteWriter(ByteDestination(argument: path))
        try writer.write(Array(data) + [UInt8(ascii: "\n")])
        try writer.finish()
    }
}

/// Counts ids that came before, in bounded memory.
struct RepeatedIDs {
    private(set) var count = 0
    private var hashes: Set<UInt64> = []
    private static let limit = 1 << 22

    /// Notes an id, by its hash: FNV-1a of 64 bits (Fowler, Noll & Vo). A wrong repetition is found once in 10^6 runs of
    /// a million ids.
    mutating func note(_ id: String) {
        let hash = id.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        if hashes.contains(hash) {
            count += 1
        } else if hashes.count < Self.limit {
            hashes.insert(hash)
        }
    }
}
