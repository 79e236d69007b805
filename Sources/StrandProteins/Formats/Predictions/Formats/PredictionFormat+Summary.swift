import StrandBytes
import StrandEngine

extension PredictionFormat {
    /// The columns that every summary begins with, by which it is known.
    static let summaryStart = "id\tlength\t"

    static func summaryHeader(states: [UInt8], showsDepth: Bool) -> [UInt8] {
        let names =
            states.map { "share(\(Unicode.Scalar($0)))" } + ["confidence", "segments"]
            + (showsDepth ? ["depth", "neff"] : [])
        return Array("\(summaryStart)\(names.joined(separator: "\t"))\n".utf8)
    }

    /// Id, length, the share of each label, the mean probability of the labels, the number of runs of one label; of a model
    /// that sees profiles, the profile's depth and Neff too.
    static func summary(_ record: PredictionRecord) -> [UInt8] {
        let length = Float(record.labels.count)
        var bytes = tableCell(record.idBytes) + "\t\(record.labels.count)".utf8
        for state in record.states {
            bytes.append(UInt8(ascii: "\t"))
            bytes.append(probability: Float(record.labels.count { $0 == state }) / length)
        }
        let confidence = record.main.confidences.reduce(into: 0.0) { $0 += Double($1) }
        bytes.append(UInt8(ascii: "\t"))
        bytes.append(probability: Float(confidence) / length)
        bytes += "\t\(record.segments.count)".utf8
        if let depth = record.depth {
            bytes += "\t\(depth.rows.map(String.init) ?? "")\t\(fixed(Double(depth.neff), 2))".utf8
        }
        return bytes + [UInt8(ascii: "\n")]
    }
}
