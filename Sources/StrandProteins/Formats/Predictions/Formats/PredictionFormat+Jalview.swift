import StrandBytes

/// Jalview's alignment annotations file (version 2.11).
extension PredictionFormat {
    /// Two rows of annotation on the sequence of this name: a symbol for each helix and strand residue, and the
    /// probability of each label. Each value ends with `|`: Jalview takes a row without one for a description.
    static func jalview(_ record: PredictionRecord) -> [UInt8] {
        let three = record.labelling(of: .three)
        let (name, first) = sequence(record)
        var bytes = "SEQUENCE_REF\t".utf8 + name + "\(first.map { "\t\($0)" } ?? "")\n".utf8
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

    /// The sequence, as Jalview names it, and the number of its first residue where its name says it: Jalview reads
    /// `name/from-to` as residues from ... to of the sequence `name`.
    private static func sequence(_ record: PredictionRecord) -> (name: [UInt8], first: Int?) {
        let name = record.name { _, byte in byte > UInt8(ascii: " ") && byte != 0x7F }
        if let slash = name.lastIndex(of: UInt8(ascii: "/")), slash > 0 {
            let ends = name[(slash + 1)...].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let numbers = ends.compactMap { Int(digits: $0) }
            if ends.count == 2, numbers.count == 2, 0 < numbers[0], numbers[0] <= numbers[1] {
                return (Array(name[..<slash]), numbers[0])
            }
        }
        return (name, nil)
    }
}

/// Jalview's sequence features file (version 2.11).
extension PredictionFormat {
    /// Types of features and their colours.
    private static let features: [(state: UInt8, type: String, colour: String)] = [
        (UInt8(ascii: "H"), "alpha helix", "b3264a"), (UInt8(ascii: "G"), "3-10 helix", "e07a95"),
        (UInt8(ascii: "I"), "pi helix", "7d3c98"), (UInt8(ascii: "E"), "beta strand", "1f6fb5"),
        (UInt8(ascii: "B"), "beta bridge", "7fb6e3"), (UInt8(ascii: "T"), "turn", "4d8f4d"),
        (UInt8(ascii: "S"), "bend", "a3a33a"),
    ]

    /// A line for each type: its name and colour. Jalview chooses colours for types that are not here.
    static func featureColours(states: [UInt8]) -> [UInt8] {
        let shown = features.filter { states.contains($0.state) && states.contains(UInt8(ascii: "C")) }
        return Array(shown.map { "\($0.type)\t\($0.colour)\n" }.joined().utf8)
    }

    /// Description, id, -1 for "found by its id", first and last residue from 1, type, score.
    static func jalviewFeatures(_ record: PredictionRecord) -> [UInt8] {
        let (name, first) = sequence(record)
        let isSecondaryStructure = record.states.contains(UInt8(ascii: "C"))
        var bytes: [UInt8] = []
        for segment in record.segments where !isSecondaryStructure || segment.state != UInt8(ascii: "C") {
            let letter = "\(Unicode.Scalar(segment.state))"
            let known = isSecondaryStructure ? features.first { $0.state == segment.state }?.type : nil
            let offset = first ?? 1
            bytes += "\(letter)\t".utf8 + name
            bytes += "\t-1\t\(segment.residues.lowerBound + offset)\t\(segment.residues.upperBound + offset - 1)".utf8
            bytes += "\t\(known ?? "label \(letter)")\t".utf8
            bytes.append(probability: segment.meanProbability)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
