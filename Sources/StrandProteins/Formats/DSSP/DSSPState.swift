import StrandBytes

/// How DSSP states (Kabsch & Sander 1983; Hekkelman et al. 2025) become labels.
enum DSSPState {
    static let coil = UInt8(ascii: "C")
    /// DSSP 4's helix of poly-proline II, which older versions left blank; it is labelled coil.
    static let polyproline = UInt8(ascii: "P")
    private static let named = Array("HBEGITS".utf8)

    /// The label of a state as DSSP writes it: blank or `.` is coil; nil for an unknown state. Poly-proline is kept,
    /// to be counted: see `polyproline`.
    static func label(_ state: UInt8) -> UInt8? {
        switch state {
        case UInt8(ascii: " "), UInt8(ascii: "."), coil: coil
        case polyproline: polyproline
        default: named.contains(state) ? state : nil
        }
    }

    /// What errors name as expected.
    static let expected = "a state of DSSP (HBEGITSP or none)"
}

extension [UInt8] {
    /// Reads letters that stand for coil elsewhere as coil: DSSP 4's poly-proline, and what other programs write.
    /// - Parameter repairs: counts these.
    mutating func readAsCoil(_ letters: [UInt8], repairs: inout SequenceRepairs) {
        for index in indices where letters.contains(self[index]) {
            repairs.countCoil(self[index])
            self[index] = DSSPState.coil
        }
    }
}

/// The header of a chain: entry and chain with a hyphen between.
struct StructureName {
    /// `1aki-A`; just the entry if the chain has no id.
    /// - Throws: `unexpected` for a name that cannot stand in a header.
    static func header(entry: String, chain: String) throws(FormatError.Problem) -> [UInt8] {
        let name = chain.isEmpty ? entry : "\(entry)-\(chain)"
        if name.utf8.contains(where: \.isForeignToHeaders) {
            throw .text(.unexpected(name, expected: "the name of a chain, a line of text,"))
        }
        return Array(name.utf8)
    }

    /// Protein Data Bank ids, four characters or `PDB_` and eight, in lower case; others unchanged.
    static func entry(_ id: String) -> String {
        let isShort = id.utf8.count == 4 && id.first.map { $0.isASCII && $0.isNumber } == true
        return isShort || id.lowercased().hasPrefix("pdb_") ? id.lowercased() : id
    }
}

extension ByteSource {
    /// The file name without folders and without the extensions of structures.
    var structureName: String {
        if name.hasPrefix("<") { return "stdin" }
        var file = name.split(separator: "/").last ?? ""
        for ending in [".gz", ".dssp", ".cif", ".mmcif"] where file.hasSuffix(ending) {
            file = file.dropLast(ending.count)
        }
        return String(file)
    }
}
