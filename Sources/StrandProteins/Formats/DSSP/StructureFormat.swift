import StrandBytes

/// The readable formats of structures with DSSP states.
public enum StructureFormat: String, Sendable, CaseIterable {
    /// DSSP's own fixed columns; see `DSSPReader`.
    case dssp
    /// mmCIF; see `MMCIFReader`.
    case mmcif

    /// The format of a file that starts with these bytes, decompressed; nil if it is none of them.
    public init?(detecting bytes: [UInt8]) {
        let lines = bytes[...].withoutByteOrderMark.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let first = lines.first { !$0.isBlankLine && $0.first != UInt8(ascii: "#") } ?? []
        if Self.isFirstLineOfDSSP(first) {
            self = .dssp
        } else if String(utf8OrLatin1: first.prefix(5)).lowercased() == "data_" {
            self = .mmcif
        } else {
            return nil
        }
    }

    /// Whether a DSSP file of any version starts with this line.
    static func isFirstLineOfDSSP(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "====".utf8) || line.starts(with: "****".utf8) else { return false }
        return String(utf8OrLatin1: line).uppercased().contains("BY THE PROGRAM DSSP")
    }
}
