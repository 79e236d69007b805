import StrandBytes

extension PredictionFormat {
    static func fasta(_ record: PredictionRecord, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        headerLine(record) + record.sequence + [newline] + paint(record.labels[...]) + [newline]
    }

    static func blocks(_ record: PredictionRecord, _ paint: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
        var bytes = headerLine(record)
        for start in stride(from: 0, to: record.sequence.count, by: 60) {
            let end = min(start + 60, record.sequence.count)
            bytes.append(number: start + 1, width: 7)
            bytes.append(UInt8(ascii: " "))
            bytes += record.sequence[start..<end] + " \(end)\n        ".utf8
            bytes += paint(record.labels[start..<end]) + [newline]
        }
        return bytes + [newline]
    }

    private static func headerLine(_ record: PredictionRecord) -> [UInt8] {
        [UInt8(ascii: ">")] + record.header + [newline]
    }
}

private let newline = UInt8(ascii: "\n")
