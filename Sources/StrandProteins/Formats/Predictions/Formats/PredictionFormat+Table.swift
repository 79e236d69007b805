import StrandBytes

extension PredictionFormat {
    static func tableHeader(states: [UInt8]) -> [UInt8] {
        let names = states.map { "P(\(Unicode.Scalar($0)))" }
        return Array((["id", "position", "residue", "state"] + names).joined(separator: "\t").utf8) + [newline]
    }

    static func table(_ record: PredictionRecord) -> [UInt8] {
        let (id, stateCount) = (record.idBytes, record.states.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.sequence.count * (id.count + 12 + 7 * stateCount))
        for (index, residue) in record.sequence.enumerated() {
            bytes += id
            bytes.append(tab)
            bytes.append(number: index + 1)
            bytes.append(tab)
            bytes.append(residue)
            bytes.append(tab)
            bytes.append(record.labels[index])
            for probability in record.probabilities[index * stateCount..<(index + 1) * stateCount] {
                bytes.append(tab)
                bytes.append(probability: probability)
            }
            bytes.append(newline)
        }
        return bytes
    }
}

private let newline = UInt8(ascii: "\n")
private let tab = UInt8(ascii: "\t")
