import StrandBytes
import StrandEngine

extension PredictionFormat {
    static func jsonLine(_ record: PredictionRecord) -> [UInt8] {
        let stateCount = record.states.count
        var bytes = Array("{\"id\":".utf8)
        bytes.append(jsonString: record.id)
        bytes += ",\"header\":".utf8
        bytes.append(jsonString: String(utf8OrLatin1: record.header))
        bytes += ",\"sequence\":\"".utf8
        bytes += record.sequence
        bytes += "\",\"labels\":\"".utf8
        bytes += record.labels
        bytes.append(UInt8(ascii: "\""))
        if let maker = record.maker {
            bytes += ",\"model\":".utf8
            bytes.append(jsonString: maker.shortModel)
        }
        if let depth = record.depth {
            bytes += ",\"depth\":\(depth.rows.map(String.init) ?? "null"),\"neff\":\(fixed(Double(depth.neff), 2))".utf8
        }
        bytes += ",\"probabilities\":{".utf8
        for (column, state) in record.states.enumerated() {
            bytes += "\(column == 0 ? "" : ",")\"\(Unicode.Scalar(state))\":[".utf8
            for index in record.labels.indices {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(probability: record.probabilities[index * stateCount + column])
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes += "}}\n".utf8
        return bytes
    }
}
