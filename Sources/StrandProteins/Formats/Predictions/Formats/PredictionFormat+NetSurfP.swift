import StrandBytes

/// The table of NetSurfP 2.0 and 3.0 (Klausen et al. 2019, Høie et al. 2022) with 21 columns, quoted as in RFC 4180.
extension PredictionFormat {
    static let netsurfpHeader = Array(
        ("id,seq,n,rsa,asa,q3,p[q3_H],p[q3_E],p[q3_C],q8,p[q8_G],p[q8_H],p[q8_I],p[q8_B],p[q8_E],p[q8_S],p[q8_T],"
            + "p[q8_C],phi,psi,disorder\n").utf8)

    /// The record must have three and eight states. Accessibility, angles and disorder are left empty.
    static func netsurfp(_ record: PredictionRecord) -> [UInt8] {
        let (three, eight) = (record.labelling(of: .three), record.labelling(of: .eight))
        let (threeColumns, eightColumns) = (three.columns(of: "HEC"), eight.columns(of: "GHIBESTC"))
        let id = quoted(record.idBytes)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.sequence.count * (id.count + 96))
        for (index, residue) in record.sequence.enumerated() {
            bytes += id
            bytes.append(comma)
            bytes.append(residue)
            bytes.append(comma)
            bytes.append(number: index + 1)
            bytes.append(comma)
            bytes.append(comma)
            bytes.append(cellsOf: three, index, threeColumns)
            bytes.append(cellsOf: eight, index, eightColumns)
            bytes += emptyCells
        }
        return bytes
    }

    /// Cells for phi, psi and disorder, and the end of the row.
    private static let emptyCells = Array(",,,\n".utf8)

    /// A cell in quotation marks if it needs them (RFC 4180, section 2, rules 6 and 7).
    private static func quoted(_ cell: ArraySlice<UInt8>) -> [UInt8] {
        cell.contains { $0 == comma || $0 == UInt8(ascii: "\"") } ? cell.quotedCell : Array(cell)
    }
}

private let comma = UInt8(ascii: ",")

extension [UInt8] {
    /// Appends a comma and the label, then a comma and the probability for each of the columns.
    fileprivate mutating func append(cellsOf labelling: StateLabels, _ index: Int, _ columns: [Int]) {
        append(comma)
        append(labelling.labels[index])
        for column in columns {
            append(comma)
            append(probability: labelling.probabilities[index * columns.count + column])
        }
    }
}
