import StrandBytes

/// Jalview's alignment annotations file (version 2.11).
extension PredictionFormat {
    /// Two rows of annotation on the sequence of this name: a symbol for each helix and strand residue, and the
    /// probability of each label. Each value ends with `|`: Jalview takes a row without one for a description.
    static func jalview(_ record: PredictionRecord) -> [UInt8] {
        let three = record.labelling(of: .three)
        var bytes = reference(record)
        bytes += "NO_GRAPH\tSecondary structure\tH helix, E strand\t".utf8
        for label in three.labels {
            if label != UInt8(ascii: "C") { bytes.append(label) }
            bytes.append(UInt8(ascii: "|"))
        }
        bytes += "\nBAR_GRAPH\tConfidence\tProbability of the state\t".utf8
        for (label, probability) in zip(three.labels, three.confidences) {
            bytes.append(probability: probability)
            bytes.append(UInt8(ascii: ","))
            bytes.append(label)
            bytes.append(UInt8(ascii: "|"))
        }
        return bytes + [UInt8(ascii: "\n")]
    }

    /// The sequence, as Jalview names it: it reads `name/from-to` as residues `from` to `to` of the sequence `name`.
    private static func reference(_ record: PredictionRecord) -> [UInt8] {
        let name = record.name { _, byte in byte > UInt8(ascii: " ") && byte != 0x7F }
        var (bytes, start) = (name, "")
        if let slash = name.lastIndex(of: UInt8(ascii: "/")), slash > 0 {
            let ends = name[(slash + 1)...].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let numbers = ends.compactMap { Int(digits: $0) }
            if ends.count == 2, numbers.count == 2, 0 < numbers[0], numbers[0] <= numbers[1] {
                (bytes, start) = (Array(name[..<slash]), "\t\(numbers[0])")
            }
        }
        return "SEQUENCE_REF\t".utf8 + bytes + "\(start)\n".utf8
    }
}
