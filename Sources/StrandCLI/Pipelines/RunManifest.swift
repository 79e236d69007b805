import FoundationEssentials
import Strand

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
    var modelSHA256 = ""
    var format: String
    var states: Int?
    /// How the text of ink was searched for.
    var decoding: String?
    var shard: String
    var inputs: [Input] = []
    var output: String
    var records = 0
    /// Residues, or points of ink.
    var symbols = 0
    var rejected = 0
    /// Records with the id of one before; among the first 4,194,304 where there are more.
    var repeatedIDs = 0
    /// What was repaired, in words.
    var repairs: String?
    var resumedAfterRecords = 0
    /// Of the last attempt.
    var seconds = 0.0
    /// The most memory the program has held.
    var peakMegabytes = 0

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
    /// - Parameter unit: what `symbols` counts.
    func writeForMultiQC(to path: String, unit: String) throws {
        struct Content: Encodable {
            struct Plot: Encodable {
                var id: String
                var title: String
            }
            var id: String
            var sectionName: String
            var description: String
            var plotType = "table"
            var pconfig: Plot
            var data: [String: [String: Double]]
        }
        let name = output == "-" ? "strand" : fileName(of: output)
        let counts = [
            "records": Double(records), unit + "s": Double(symbols), "rejected": Double(rejected),
            "repeated_ids": Double(repeatedIDs), "seconds": seconds,
        ]
        let content = Content(
            id: "strand_\(verb)", sectionName: "Strand: \(verb)", description: "Counts of strand \(verb).",
            pconfig: .init(id: "strand_\(verb)_table", title: "Strand: \(verb)"), data: [name: counts])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try Self.write(try encoder.encode(content), to: path)
    }

    private static func write(_ data: Data, to path: String) throws(FormatError) {
        try ByteWriter.write(Array(data) + [UInt8(ascii: "\n")], to: ByteDestination(argument: path))
    }
}
