import Foundation

/// Files of chains with soft labels, byte by byte.
public enum SoftLabels {
    /// A file of chains with the probabilities of each residue in some unit.
    public static func file(
        _ chains: [(residues: String, probabilities: [[UInt8]])], labels: String = "HGIEBTSC", hints: [UInt8] = []
    ) -> [UInt8] {
        var offsets = [0]
        for chain in chains { offsets.append(offsets[offsets.count - 1] + chain.residues.utf8.count) }
        return file(
            residues: chains.flatMap { Array($0.residues.utf8) }, offsets: offsets,
            probabilities: chains.flatMap { $0.probabilities.flatMap { $0 } }, labels: labels, hints: hints)
    }

    /// A file of these tensors, whether they fit each other or not.
    public static func file(
        residues: [UInt8], offsets: [Int], probabilities: [UInt8], labels: String = "HGIEBTSC", hints: [UInt8] = []
    ) -> [UInt8] {
        let offsetBytes = offsets.flatMap { offset in withUnsafeBytes(of: Int64(offset).littleEndian) { Array($0) } }
        let ends = [offsetBytes.count, offsetBytes.count + probabilities.count]
        let width = labels.utf8.count
        let end = ends[1] + residues.count
        let ofHints =
            hints.isEmpty
            ? ""
            : """
            ,"hints":{"dtype":"U8","shape":[\(hints.count)],"data_offsets":[\(end),\(end + hints.count)]}
            """
        var header = Array(
            """
            {"__metadata__":{"labels":"\(labels)"},\
            "offsets":{"dtype":"I64","shape":[\(offsets.count)],"data_offsets":[0,\(ends[0])]},\
            "probabilities":{"dtype":"U8","shape":[\(probabilities.count / width),\(width)],\
            "data_offsets":[\(ends[0]),\(ends[1])]},\
            "residues":{"dtype":"U8","shape":[\(residues.count)],"data_offsets":[\(ends[1]),\(end)]}\(ofHints)}
            """.utf8)
        header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
        return length + header + offsetBytes + probabilities + residues + hints
    }
}
