import StrandBytes
import StrandEngine

/// The formats of PSIPRED 4.0, as its program `psipass2` prints them.
extension PredictionFormat {
    /// Rows `%4d %c %c  %6.3f %6.3f %6.3f`: index, residue, state, probabilities of coil, helix and strand.
    static func vertical(_ record: PredictionRecord) -> [UInt8] {
        let three = record.labelling(of: .three)
        let columns = three.columns(of: "CHE")
        var bytes = mark("VFORMAT", record) + [newline]
        bytes.reserveCapacity(bytes.count + 31 * record.sequence.count)
        for (index, residue) in record.sequence.enumerated() {
            bytes.append(number: index + 1, width: 4)
            bytes.append(space)
            bytes.append(residue)
            bytes.append(space)
            bytes.append(three.labels[index])
            bytes.append(space)
            for column in columns {
                bytes.append(space)
                bytes.append(space)
                bytes.append(thousandths: three.probabilities[3 * index + column])
            }
            bytes.append(newline)
        }
        return bytes
    }

    /// Blocks of 60 residues. `psipass2` writes an empty block after a chain of 60, 120, ... residues; it is
    /// left out here.
    static func horizontal(_ record: PredictionRecord) -> [UInt8] {
        let three = record.labelling(of: .three)
        var bytes = mark("HFORMAT", record)
        for start in stride(from: 0, to: record.sequence.count, by: 60) {
            let residues = start..<min(start + 60, record.sequence.count)
            bytes += "\nConf: ".utf8
            for index in residues { bytes.append(zero + confidence(three.probabilities[3 * index..<3 * index + 3])) }
            bytes += "\nPred: ".utf8
            bytes += three.labels[residues]
            bytes += "\n  AA: ".utf8
            bytes += record.sequence[residues]
            bytes += "\n      ".utf8
            bytes += ruler(residues)
            bytes += "\n\n".utf8
        }
        return bytes
    }

    /// The start of a record. PSIPRED names no chain, and its own version where Strand's stands, as S4PRED's does; readers
    /// of its formats skip lines that start with `#`.
    private static func mark(_ name: String, _ record: PredictionRecord) -> [UInt8] {
        let model = record.maker.map { ", \($0.shortModel)" } ?? ""
        return Array("# PSIPRED \(name) (Strand \(strandVersion)\(model))\n# >".utf8) + record.header + [newline]
    }

    /// 10 (best - second best), rounded down, at most 9.
    private static func confidence(_ probabilities: ArraySlice<Float>) -> UInt8 {
        let sorted = probabilities.sorted(by: >)
        return UInt8(max(0, min(9, 10 * (sorted[0] - sorted[1]))))
    }

    /// The multiples of ten, each with its last digit under that residue. Blanks reach to four before the last one.
    private static func ruler(_ residues: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        var position = residues.lowerBound + 5
        while position <= residues.upperBound {
            if position % 10 == 0 {
                bytes.append(number: position, width: 5)
                position += 5
            } else {
                bytes.append(space)
                position += 1
            }
        }
        return bytes
    }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
private let zero = UInt8(ascii: "0")
