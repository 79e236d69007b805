/// A way to write predictions. Each record becomes bytes on its own, so that many can be made at the same time.
public enum PredictionFormat: String, Sendable, CaseIterable {
    /// Labelled FASTA: header, sequence, labels.
    case fasta
    /// For reading: header, then sequence over labels, 60 residues a line.
    case blocks
    /// A row a residue: id, position from 1, residue, state, a probability for each state.
    case tsv
    /// A JSON object a line and record: id, header, sequence, labels, probabilities by state.
    case jsonl

    /// What stands before the first record.
    public func preamble(states: [UInt8]) -> [UInt8] {
        guard self == .tsv else { return [] }
        let names = states.map { "P(\(Unicode.Scalar($0)))" }
        return Array((["id", "position", "residue", "state"] + names).joined(separator: "\t").utf8) + [newline]
    }

    /// One record.
    /// - Parameter paint: what `fasta` and `blocks` show for a run of labels, such as the labels in colour.
    public func bytes(
        of record: PredictionRecord, paint: (ArraySlice<UInt8>) -> [UInt8] = { Array($0) }
    ) -> [UInt8] {
        switch self {
        case .fasta: Self.fasta(record, paint)
        case .blocks: Self.blocks(record, paint)
        case .tsv: Self.tsv(record)
        case .jsonl: Self.jsonLine(record)
        }
    }

    private static func headerLine(_ record: PredictionRecord) -> [UInt8] {
        [UInt8(ascii: ">")] + record.header + [newline]
    }

    private static func fasta(_ record: PredictionRecord, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        headerLine(record) + record.sequence + [newline] + paint(record.labels[...]) + [newline]
    }

    private static func blocks(_ record: PredictionRecord, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        var bytes = headerLine(record)
        for start in stride(from: 0, to: record.sequence.count, by: 60) {
            let end = min(start + 60, record.sequence.count)
            let number = "\(start + 1)"
            bytes += "\(String(repeating: " ", count: max(0, 7 - number.count)))\(number) ".utf8
            bytes += record.sequence[start..<end] + " \(end)\n        ".utf8
            bytes += paint(record.labels[start..<end]) + [newline]
        }
        return bytes + [newline]
    }

    private static func tsv(_ record: PredictionRecord) -> [UInt8] {
        let id = Array(record.id.utf8)
        let width = record.states.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.sequence.count * (id.count + 12 + 7 * width))
        for (index, residue) in record.sequence.enumerated() {
            bytes += id
            bytes.append(tab)
            bytes += String(index + 1).utf8
            bytes += [tab, residue, tab, record.labels[index]]
            for probability in record.probabilities[index * width..<(index + 1) * width] {
                bytes.append(tab)
                bytes.append(probability: probability)
            }
            bytes.append(newline)
        }
        return bytes
    }

    private static func jsonLine(_ record: PredictionRecord) -> [UInt8] {
        let width = record.states.count
        var bytes = Array("{\"id\":".utf8)
        bytes.append(jsonString: record.id)
        bytes += ",\"header\":".utf8
        bytes.append(jsonString: RecordHeader.text(of: record.header))
        bytes += ",\"sequence\":\"".utf8
        bytes += record.sequence
        bytes += "\",\"labels\":\"".utf8
        bytes += record.labels
        bytes += "\",\"probabilities\":{".utf8
        for (column, state) in record.states.enumerated() {
            bytes += "\(column == 0 ? "" : ",")\"\(Unicode.Scalar(state))\":[".utf8
            for index in record.labels.indices {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(probability: record.probabilities[index * width + column])
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes += "}}\n".utf8
        return bytes
    }
}

private let newline = UInt8(ascii: "\n")
private let tab = UInt8(ascii: "\t")

extension [UInt8] {
    /// Appends a number of 0 ... 1 with four decimals, the nearest.
    fileprivate mutating func append(probability: Float) {
        var rest = Int((probability * 10_000).rounded())
        var digits: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        (digits.3, rest) = (UInt8(rest % 10), rest / 10)
        (digits.2, rest) = (UInt8(rest % 10), rest / 10)
        (digits.1, rest) = (UInt8(rest % 10), rest / 10)
        (digits.0, rest) = (UInt8(rest % 10), rest / 10)
        let zero = UInt8(ascii: "0")
        self += [
            zero + UInt8(rest), UInt8(ascii: "."), zero + digits.0, zero + digits.1, zero + digits.2, zero + digits.3,
        ]
    }
}
