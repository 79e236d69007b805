import StrandBytes
import StrandEngine

extension PredictionFormat {
    static func tableHeader(states: [UInt8], showsDepth: Bool) -> [UInt8] {
        let names = states.map { "P(\(Unicode.Scalar($0)))" } + (showsDepth ? ["depth", "neff"] : [])
        return Array((["id", "position", "residue", "state"] + names).joined(separator: "\t").utf8) + [newline]
    }

    /// An id as a cell: quoted if it holds a quotation mark (RFC 4180). Most readers of tables would take
    /// one at the start for the start of a quotation, and all rows up to the next for one cell.
    static func tableCell(_ id: ArraySlice<UInt8>) -> [UInt8] {
        id.contains(UInt8(ascii: "\"")) ? id.quotedCell : Array(id)
    }

    static func table(_ record: PredictionRecord) -> [UInt8] {
        let (id, stateCount) = (tableCell(record.idBytes), record.states.count)
        let depth =
            record.depth.map { Array("\t\($0.rows.map(String.init) ?? "")\t\(fixed(Double($0.neff), 2))".utf8) } ?? []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.sequence.count * (id.count + 12 + 7 * stateCount + depth.count))
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
            bytes += depth
            bytes.append(newline)
        }
        return bytes
    }
}

private let newline = UInt8(ascii: "\n")
private let tab = UInt8(ascii: "\t")
