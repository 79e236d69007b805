/// Browser Extensible Data with six columns (GA4GH, BED version 1).
extension PredictionFormat {
    /// An interval for each run of a state, 0-based and half-open: name the state, score 1000 times its mean
    /// probability. BED version 1 wants names of letters, digits and `_`; the id stays unchanged, equal to the
    /// sequence's, except for bytes that would not be read as part of a name.
    static func bed(_ record: PredictionRecord) -> [UInt8] {
        let isHeader = ["#", "track", "browser"].contains { record.idBytes.starts(with: $0.utf8) }
        let name = record.name { index, byte in byte > UInt8(ascii: " ") && byte != 0x7F && (index > 0 || !isHeader) }
        var bytes: [UInt8] = []
        for segment in record.segments {
            let score = Int((1000 * segment.meanProbability).rounded())
            bytes += name
            bytes += "\t\(segment.residues.lowerBound)\t\(segment.residues.upperBound)\t".utf8
            bytes += "\(Unicode.Scalar(segment.state))\t\(min(1000, score))\t.\n".utf8
        }
        return bytes
    }
}
